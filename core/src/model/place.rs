use super::{Rules, Text};
use crate::id::{ClassId, FeatureId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// One thing that one party can hold at a time. Its number is its key in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// What the sign on it says.
    pub name: Text,
    /// The units it can stand in for.
    pub class: ClassId,
    /// What it offers.
    #[serde(default)]
    pub features: BTreeSet<FeatureId>,
    /// Whether visitors may ask for it: a printer is listed, not booked.
    #[serde(default = "yes")]
    pub bookable: bool,
}

fn yes() -> bool {
    true
}

/// Units that can stand in for one another and follow the same rules; a pool of desks is many units of one class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// "Desk", "small meeting room".
    pub name: Text,
    /// What sort of thing it is.
    pub kind: Kind,
    /// How far one hold may reach.
    #[serde(default)]
    pub cells: CellSpan,
    /// What a booking must satisfy.
    #[serde(default)]
    pub rules: Rules,
}

/// What sort of thing a class is made of, to show the right picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A place to sit and work.
    Desk,
    /// A meeting room, or a part of one.
    Room,
    /// A computer to borrow.
    Computer,
    /// A locker.
    Locker,
    /// A mobile pedestal, *hurts*.
    Pedestal,
    /// A storage room.
    Storage,
    /// A printer, copier, projector, telephone, fax.
    Equipment,
    /// A seat at events, and at nothing else.
    Seat,
    /// A sort that this version has no word for.
    #[serde(other)]
    Other,
}

/// How far one hold may reach: what a cell of the class's units is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellSpan {
    /// One office day, inside opening hours: desks, rooms, computers.
    #[default]
    Day,
    /// One calendar year of office days, nights included: lockers and storage for rent.
    Year,
}

/// Something a unit offers, or a person needs. Its number is its key in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// A stable word for pictograms and search, such as `hearing_loop`.
    pub key: String,
    /// What people call it.
    pub name: Text,
    /// Whether somebody may be unable to use a place without it.
    #[serde(default)]
    pub accessibility: bool,
}

/// A composite of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CompositeId(pub u32);

impl fmt::Display for CompositeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "composite {}", self.0)
    }
}

/// Units booked together, all or nothing: a whole room made of part rooms, a room with its projector.
///
/// A composite is no unit of its own, so booking a part and booking the whole cannot miss each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composite {
    /// What people call it.
    pub name: Text,
    /// At least two units.
    pub units: BTreeSet<UnitId>,
}
