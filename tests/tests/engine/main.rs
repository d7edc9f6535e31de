//! What people live through, end to end: phones and a kiosk that meet over real sync sessions.

mod bug_classes;
mod clash;
mod clocks;
mod codes;
mod commons;
mod day_to_day;
mod elsewhere;
mod events;
mod hostile;
mod import;
mod impostor;
mod introductions;
mod limits;
mod loans;
mod nights;
mod organisers;
mod people;
mod rentals;
mod renters;
mod roster;
mod series;
mod vouching;
