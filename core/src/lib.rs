#![doc = include_str!("../README.md")]

pub mod cbor;
pub mod document;
pub mod envelope;
pub mod id;
pub mod limits;
pub mod statement;
pub mod store;
pub mod time;
pub mod vault;
