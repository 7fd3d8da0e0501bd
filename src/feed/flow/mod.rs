//! How the parts work together. Each file is about one kind of event, and what it means for all parts.

mod asking;
mod member;
mod reading;
mod receiving;
mod view;
mod world;
mod writing;
