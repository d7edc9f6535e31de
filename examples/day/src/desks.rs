//! The office's own devices, and who meets whom.

use crate::people::PersonId;
use allkontor_core::statement::Role;
use std::fmt;

/// One of the office's devices that decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Desk {
    /// Stands in the hall; it founded the office and has its admin key.
    Kiosk,
    /// What staff carry around.
    Tablet,
    /// Somewhere on the internet, without a screen: what phones at home reach, while there is a network.
    Hub,
    /// What takes the place of a tablet that is gone.
    NewTablet,
}

impl Desk {
    /// What `--stewards` counts, in this order.
    pub const CREW: [Self; 3] = [Self::Kiosk, Self::Tablet, Self::Hub];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Tablet => "tablet",
            Self::Hub => "hub",
            Self::NewTablet => "new tablet",
        }
    }

    /// With its article, as in "met the kiosk".
    pub const fn the(self) -> &'static str {
        match self {
            Self::Kiosk => "the kiosk",
            Self::Tablet => "the tablet",
            Self::Hub => "the hub",
            Self::NewTablet => "the new tablet",
        }
    }

    /// What the office certifies it as.
    pub const fn role(self) -> Role {
        match self {
            Self::Kiosk => Role::Kiosk,
            Self::Tablet | Self::NewTablet => Role::Staff,
            Self::Hub => Role::Hub,
        }
    }
}

impl fmt::Display for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A device that meets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// Somebody's phone.
    Phone(PersonId),
    /// One of the office's.
    Desk(Desk),
}

impl Party {
    /// Whose phone it is.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Phone(who) => Some(who),
            Self::Desk(_) => None,
        }
    }

    /// Which of the office's devices it is.
    pub const fn desk(self) -> Option<Desk> {
        match self {
            Self::Phone(_) => None,
            Self::Desk(desk) => Some(desk),
        }
    }
}

/// The office's devices on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crew {
    /// How many, 1 to 3, in the order of [`Desk::CREW`].
    pub stewards: usize,
    /// Which of them is lost in the afternoon.
    pub lose: Option<Desk>,
}

impl Crew {
    /// A kiosk that nothing happens to.
    pub const ALONE: Self = Self {
        stewards: 1,
        lose: None,
    };

    /// Those that are there in the morning.
    pub fn desks(&self) -> &'static [Desk] {
        Desk::CREW.get(..self.stewards).unwrap_or(&Desk::CREW)
    }

    /// Whether the office has that device in the morning.
    pub fn has(&self, desk: Desk) -> bool {
        self.desks().contains(&desk)
    }
}
