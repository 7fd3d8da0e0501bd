//! The API's contract, checked through the router without a socket: one file per group of behaviour.

mod client;
mod confirmations;
mod control;
mod cors;
mod dropped;
mod faults;
mod fixtures;
mod limits;
mod lists;
mod members;
mod records;
mod revalidation;
mod roles;
mod site;
mod speed;
mod tokens;
mod webhooks;
mod writes;
