#![doc = include_str!("../README.md")]

pub mod id;
pub mod model;
pub mod time;
