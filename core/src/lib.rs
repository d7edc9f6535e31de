#![doc = include_str!("../README.md")]

pub mod cbor;
pub mod document;
pub mod envelope;
pub mod id;
pub mod limits;
pub mod model;
pub mod resolve;
pub mod series;
pub mod statement;
pub mod sync;
pub mod time;
pub mod view;
