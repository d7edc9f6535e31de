//! What a seed decides before anything happens: who there is, when it is, and what this run is mostly about.

use super::node::Part;
use super::op::{Op, Who};
use crate::chance::Chance;
use crate::world::{at, instant};
use allkontor_core::time::Timestamp;

mod deck;

/// Who there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cast {
    members: Vec<(Part, &'static str)>,
}

/// What a run is about: each seed leaves some kinds of trouble out, so that others get further.
///
/// Swarm testing (Groce, Zhang, Eide, Chen, Regehr: ISSTA 2012).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// People and what they want; never left out.
    People,
    /// Devices that meet; never left out.
    Meetings,
    /// Staff at the desk.
    Desk,
    /// The office changes: catalogues, months.
    Office,
    /// Connections message by message.
    Wires,
    /// Files and codes.
    Papers,
    /// Power cuts.
    Power,
    /// Full disks and failing writes.
    Disks,
    /// Disks that go back in time.
    Backups,
    /// Wrong clocks.
    Clocks,
    /// Hostile phones.
    Hostile,
    /// Stewards gone bad.
    Rogue,
    /// Devices that somebody copies whole.
    Doubles,
}

/// Themes that a run may be without.
const OPTIONAL: [Theme; 8] = [
    Theme::Desk,
    Theme::Office,
    Theme::Wires,
    Theme::Papers,
    Theme::Power,
    Theme::Disks,
    Theme::Clocks,
    Theme::Hostile,
];

/// Evenings and mornings to start on: ordinary, before both changes of the clocks, before a month and a year end.
const STARTS: [&str; 6] = [
    "2026-11-24T08:00",
    "2026-11-24T08:00",
    "2026-10-24T21:00",
    "2027-03-27T21:00",
    "2026-11-30T17:00",
    "2026-12-31T15:00",
];

/// The plan and its events draw from a seed without saying the same.
const PLAN: u64 = 1 << 40;
const EVENTS: u64 = 1 << 41;

/// Everything a seed decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// Who there is.
    pub cast: Cast,
    /// When it starts.
    pub start: Timestamp,
    /// Which catalogue the office is founded with.
    pub variant: u8,
    /// What it is about.
    pub themes: Vec<Theme>,
}

impl Cast {
    /// Every device with its number.
    pub fn members(&self) -> impl Iterator<Item = (Who, Part, &'static str)> {
        let members = self.members.iter().enumerate();
        members.map(|(who, (part, name))| (who as Who, *part, *name))
    }

    /// What it is called in stories.
    pub fn name(&self, who: Who) -> &'static str {
        self.members
            .get(usize::from(who))
            .map_or("nobody", |(_, name)| name)
    }

    /// What it is for.
    pub fn part(&self, who: Who) -> Option<Part> {
        self.members.get(usize::from(who)).map(|(part, _)| *part)
    }

    /// The number of a device by its name.
    pub fn find(&self, name: &str) -> Option<Who> {
        self.members()
            .find(|(_, _, other)| *other == name)
            .map(|(who, ..)| who)
    }

    fn those(&self, wanted: impl Fn(Part) -> bool) -> Vec<Who> {
        self.members()
            .filter(|(_, part, _)| wanted(*part))
            .map(|(who, ..)| who)
            .collect()
    }
}

impl Plan {
    /// What that seed decides.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance(seed ^ PLAN);
        let mut members = vec![(Part::Kiosk, "kiosk")];
        let further = [
            (Part::Tablet, "tablet"),
            (Part::Hub, "hub"),
            (Part::Annex, "annex"),
        ];
        let first = chance.below(further.len());
        let others = [0, 1, 1, 2, 2, 3];
        let others = others[chance.below(others.len())];
        members.extend(further.iter().cycle().skip(first).take(others));
        let phones = ["anna", "bo", "cleo", "dan", "eva", "finn", "gun", "hugo"];
        let count = 3 + chance.below(6);
        members.extend(phones.iter().take(count).map(|name| (Part::Phone, *name)));
        if chance.below(3) == 0 {
            members.push((Part::Relay, "relay"));
        }
        members.push((Part::Double, "double"));
        let mut themes = vec![Theme::People, Theme::Meetings];
        themes.extend(OPTIONAL.iter().filter(|_| chance.below(100) < 55));
        Self {
            seed,
            cast: Cast { members },
            start: instant(at(STARTS[chance.below(STARTS.len())])),
            variant: chance.below(4) as u8,
            themes,
        }
    }

    /// The first `count` things that happen. More of them begin with the same ones.
    pub fn ops(&self, count: usize) -> Vec<Op> {
        deck::deal(self, Chance(self.seed ^ EVENTS))
            .take(count)
            .collect()
    }
}
