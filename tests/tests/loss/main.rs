//! The worst days of an office: a device is lost, restored, cloned or goes bad, and what was promised holds.

mod admin;
mod backup;
mod cloned;
mod copies;
mod forge;
mod gone_bad;
mod limits;
mod lost;
mod lost_phone;
mod organiser;
mod phones;
mod restored;
