//! How the parts work together. Each file is about one kind of event, and what it means for all parts.

mod asking;
mod hearing;
mod member;
mod reading;
mod view;
mod world;
mod writing;
