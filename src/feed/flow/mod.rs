//! How the parts work together: each file follows one kind of event through them.

mod asking;
mod hearing;
mod member;
mod reading;
mod view;
mod world;
mod writing;
