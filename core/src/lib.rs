#![doc = include_str!("../README.md")]

pub mod cbor;
pub mod id;
pub mod limits;
pub mod model;
pub mod resolve;
pub mod series;
pub mod statement;
pub mod time;
pub mod view;
