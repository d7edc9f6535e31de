//! The office's own devices, and who meets whom.

use crate::people::PersonId;
use allkontor_core::statement::Role;
use allkontor_core::time::CivilMinute;
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
    /// What takes the place of a kiosk that is gone.
    NewKiosk,
    /// What takes the place of a tablet that is gone.
    NewTablet,
    /// What takes the place of a hub that is gone.
    NewHub,
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
            Self::NewKiosk => "new kiosk",
            Self::NewTablet => "new tablet",
            Self::NewHub => "new hub",
        }
    }

    /// With its article, as in "met the kiosk".
    pub const fn the(self) -> &'static str {
        match self {
            Self::Kiosk => "the kiosk",
            Self::Tablet => "the tablet",
            Self::Hub => "the hub",
            Self::NewKiosk => "the new kiosk",
            Self::NewTablet => "the new tablet",
            Self::NewHub => "the new hub",
        }
    }

    /// What the office certifies it as.
    pub const fn role(self) -> Role {
        match self {
            Self::Kiosk | Self::NewKiosk => Role::Kiosk,
            Self::Tablet | Self::NewTablet => Role::Staff,
            Self::Hub | Self::NewHub => Role::Hub,
        }
    }

    /// Whether people come to it with their phones in their hands.
    pub fn has_people(self) -> bool {
        self.role().states_facts()
    }

    /// What is bought when it is gone.
    pub const fn successor(self) -> Self {
        match self {
            Self::Kiosk | Self::NewKiosk => Self::NewKiosk,
            Self::Tablet | Self::NewTablet => Self::NewTablet,
            Self::Hub | Self::NewHub => Self::NewHub,
        }
    }

    /// The device of the morning crew that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::CREW.into_iter().find(|desk| desk.name() == name)
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

    /// The device that is lost, when it is one that the office has and can do without.
    ///
    /// Somebody has to be left to replace it: an office with one device has nobody.
    pub fn loses(&self) -> Option<Desk> {
        self.lose
            .filter(|desk| self.has(*desk) && self.stewards > 1)
    }

    /// Whether the office has that device in the morning.
    pub fn has(&self, desk: Desk) -> bool {
        self.desks().contains(&desk)
    }
}

/// How one of the office's devices is lost: for a while it meets none of the others, then nobody any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Which.
    pub desk: Desk,
    /// When it last met another of the office's devices.
    pub apart: CivilMinute,
    /// When it was last seen.
    pub lost: CivilMinute,
    /// When staff replaced it.
    pub replaced: CivilMinute,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_there_and_not_alone_can_be_lost() {
        let loses = |stewards, lose| {
            let lose = Some(lose);
            Crew { stewards, lose }.loses()
        };
        assert_eq!(loses(3, Desk::Hub), Some(Desk::Hub));
        assert_eq!(loses(2, Desk::Hub), None);
        assert_eq!(loses(2, Desk::Kiosk), Some(Desk::Kiosk));
        assert_eq!(loses(1, Desk::Kiosk), None, "nobody is left to replace it");
        assert_eq!(Crew::ALONE.loses(), None);
    }

    #[test]
    fn a_successor_does_what_was_lost() {
        for desk in Desk::CREW {
            assert_eq!(Desk::named(desk.name()), Some(desk));
            assert_eq!(desk.successor().role(), desk.role());
            assert_eq!(Desk::named(desk.successor().name()), None);
        }
    }
}
