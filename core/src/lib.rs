#![doc = include_str!("../README.md")]

pub mod cbor;
pub mod id;
<<<<<<< HEAD
pub mod limits;
pub mod resolve;
pub mod statement;
=======
pub mod model;
>>>>>>> model
pub mod time;
