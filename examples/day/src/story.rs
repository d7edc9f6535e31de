//! What happened in a day, as plain data: what the terminal, the picture and the page are made from.

mod lost;
mod status;
mod totals;

pub use lost::{Lost, Outcome, Promise};
pub use status::Status;
pub use totals::{Carrier, Totals};

use crate::desks::{Desk, Party};
use crate::people::{Person, PersonId, Trick};
use allkontor_core::id::{Digest, UnitId};
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};
use std::collections::BTreeMap;

/// A day, told from the end of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Replays it.
    pub seed: u64,
    /// Where it was.
    pub office: Office,
    /// Every place, in the order in which it is drawn.
    pub rows: Vec<Row>,
    /// Everybody with a phone.
    pub people: Vec<Person>,
    /// The office's own devices in the morning, in the order in which they came.
    pub desks: Vec<Desk>,
    /// When no phone could reach the kiosk through a network.
    pub outages: Vec<Interval>,
    /// Who met whom.
    pub meetings: Vec<Meeting>,
    /// What happened to the office itself, for everybody to read.
    pub notices: Vec<Notice>,
    /// Every booking, in the order in which it was first asked for.
    pub bookings: Vec<Booking>,
    /// What the hostile phones tried and what came of it.
    pub attempts: Vec<Attempt>,
    /// Promises that were not kept: none, if the engine does what it says.
    pub broken: Vec<Broken>,
    /// Promises of a lost device that the office had not heard of: all that it could do was to have whoever was promised
    /// come first in line (specification, §7).
    pub honoured: Vec<Broken>,
    /// The device that was lost, and what became of its promises.
    pub lost: Option<Lost>,
    /// Bookings of which a phone's last word is not the kiosk's: none, when everybody has met it.
    pub misled: Vec<Misled>,
    /// What each device says the day's bookings are, hashed: equal hashes are equal pictures.
    pub digests: BTreeMap<String, Digest>,
    /// The counts.
    pub totals: Totals,
}

/// Where it was and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its name in each of its languages.
    pub names: Vec<String>,
    /// Street, postcode and town.
    pub address: String,
    /// The office day.
    pub day: OfficeDay,
    /// When it is open.
    pub open: Vec<Interval>,
    /// When somebody is there to help.
    pub staffed: Vec<Interval>,
}

/// One place in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub unit: UnitId,
    /// What its sign says.
    pub name: String,
    /// What its class is called, for the heading above the first of them.
    pub class: String,
}

/// Two devices that met, or tried to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// When.
    pub at: CivilMinute,
    /// The one.
    pub one: Party,
    /// The other.
    pub other: Party,
    /// How.
    pub carrier: Carrier,
    /// Whether anything came across; a socket needs a network.
    pub reached: bool,
    /// How many bytes came across, both ways.
    pub bytes: u64,
}

/// Something that the office tells everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// When it was known.
    pub at: CivilMinute,
    /// The place it is about; `None` for the whole office.
    pub unit: Option<UnitId>,
    /// For how long.
    pub interval: Interval,
    /// What is the matter, such as "a pipe leaks".
    pub words: String,
}

/// One booking: what was wanted, what became of it, and what its holder was told meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Whose.
    pub who: PersonId,
    /// What it is called: "Birch 10:00–11:30".
    pub title: String,
    /// What was asked for, by version: the first is what they wanted first.
    pub wishes: Vec<Vec<Span>>,
    /// Every place that was confirmed, in order.
    pub held: Vec<Held>,
    /// How it ended.
    pub end: End,
    /// What the person's phone showed, each time that it changed.
    pub told: Vec<Told>,
}

/// A unit for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The unit.
    pub unit: UnitId,
    /// When.
    pub interval: Interval,
    /// With what is kept free before and after.
    pub occupied: Interval,
}

/// A place that was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// One unit, or several together.
    pub spans: Vec<Span>,
    /// Which of the wishes it answers.
    pub wish: usize,
    /// When the kiosk first said so.
    pub since: CivilMinute,
    /// When it was given back, or given up for another place; `None` when it was kept.
    pub until: Option<CivilMinute>,
}

/// How a booking ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Confirmed, and the person has not come yet or was not asked to.
    Confirmed,
    /// The person came.
    CheckedIn,
    /// Nobody came, and the office gave the place back.
    NoShow,
    /// The person gave it back.
    Cancelled,
    /// The office took it back, and said why.
    TakenBack,
    /// Not decided; the place in the queue, from 1, or 0 when it would have got one.
    Waiting(u32),
    /// Its time was over before there was a place.
    InVain,
    /// The office said no, and why.
    Declined,
    /// Refused on the phone itself, before it was ever asked.
    Refused,
    /// It never reached the office.
    Unsent,
}

/// What a phone showed from a moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When, by the office's clock.
    pub at: CivilMinute,
    /// What.
    pub status: Status,
    /// Where, when it is not where it was asked for.
    pub place: Option<String>,
    /// Why, when there is something to explain.
    pub why: Option<String>,
}

/// What a hostile phone tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: CivilMinute,
    /// Whose phone.
    pub who: PersonId,
    /// What it tried.
    pub trick: Trick,
    /// How often.
    pub times: usize,
    /// What came of it, in the engine's words where it gave any.
    pub came_to: String,
    /// Whether anything changed that should not have.
    pub harm: bool,
}

/// A promise that was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// When it was seen, by the office's clock.
    pub at: CivilMinute,
    /// Whose device showed the promise.
    pub device: String,
    /// What was promised.
    pub promised: String,
    /// What the device showed then.
    pub shown: String,
}

/// A booking of which a phone says one thing in the end, and the kiosk another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misled {
    /// Whose.
    pub who: PersonId,
    /// What it is called.
    pub title: String,
    /// What the phone shows.
    pub phone: Status,
    /// What the kiosk shows.
    pub kiosk: Status,
}

impl Story {
    /// What a person is called.
    pub fn name(&self, who: PersonId) -> &str {
        self.people
            .get(who.0)
            .map_or("somebody", |person| &person.name)
    }

    /// What a device is called: by its owner's name, or by what it is.
    pub fn device(&self, party: Party) -> &str {
        match party {
            Party::Phone(who) => self.name(who),
            Party::Desk(desk) => desk.the(),
        }
    }

    /// The office's own devices: "a kiosk, a tablet and a hub".
    pub fn crew(&self) -> String {
        let names: Vec<String> = self.desks.iter().map(|desk| format!("a {desk}")).collect();
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} and {last}", others.join(", "))
            }
            _ => names.concat(),
        }
    }

    /// What a place is called.
    pub fn place(&self, unit: UnitId) -> &str {
        let row = self.rows.iter().find(|row| row.unit == unit);
        row.map_or("a place", |row| &row.name)
    }

    /// The one digest that every device has; `None` when two differ.
    pub fn agreed(&self) -> Option<Digest> {
        let mut all = self.digests.values();
        let first = all.next()?;
        all.all(|digest| digest == first).then_some(*first)
    }

    /// Whether every promise of the engine held.
    pub fn holds(&self) -> bool {
        self.totals.broken_promises == 0
            && self.totals.double_bookings == 0
            && self.agreed().is_some()
            && self.misled.is_empty()
            && !self.did_harm()
            && !self.forgot()
    }

    /// Whether a hostile phone changed anything that it must not.
    pub fn did_harm(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.harm)
    }
}

impl Booking {
    /// The place it had when the day was over, empty when it had none.
    pub fn got(&self) -> &[Span] {
        match self.end {
            End::Confirmed | End::CheckedIn | End::NoShow => {
                self.held.last().map_or(&[], |held| &held.spans)
            }
            _ => &[],
        }
    }

    /// The part of a span of its last place during which it was held: what is given late or given back early is
    /// somebody else's before and after. `None` when no time was left of it.
    pub fn really_held(&self, span: &Span) -> Option<Interval> {
        let last = self.held.last()?;
        let until = last.until.unwrap_or(CivilMinute::MAX);
        let same_unit = |held: &Held| held.spans.iter().any(|other| other.unit == span.unit);
        // Who stays longer is given another place that starts where the one before ends: the same to the person.
        let mut since = last.since;
        for before in self.held.iter().rev().skip(1) {
            if before.until != Some(since) || !same_unit(before) {
                break;
            }
            since = before.since;
        }
        let (start, end) = (span.interval.start(), span.interval.end());
        Interval::new(since.max(start), until.min(end)).ok()
    }

    /// How it ended, in words.
    pub const fn ended(&self) -> &'static str {
        match self.end {
            End::Confirmed => "confirmed",
            End::CheckedIn => "came",
            End::NoShow => "confirmed, but nobody came",
            End::Cancelled => "cancelled",
            End::TakenBack => "taken back by the office",
            End::Waiting(_) => "not decided",
            End::InVain => "waited in vain",
            End::Declined => "declined",
            End::Refused => "refused by the phone itself",
            End::Unsent => "never reached the office",
        }
    }

    /// What was asked for when its last place was given, or last of all.
    pub fn asked(&self) -> &[Span] {
        let answered = self.held.last().and_then(|held| self.wishes.get(held.wish));
        answered.or(self.wishes.last()).map_or(&[], Vec::as_slice)
    }

    /// Whether its last place was another than the one asked for.
    pub fn was_moved(&self) -> bool {
        self.held
            .last()
            .is_some_and(|held| !same_place(&held.spans, self.asked()))
    }
}

/// Whether two lists of spans are the same units at the same times, buffers left aside.
pub(crate) fn same_place(one: &[Span], other: &[Span]) -> bool {
    let place = |spans: &[Span]| {
        let mut all: Vec<_> = spans
            .iter()
            .map(|span| (span.unit, span.interval))
            .collect();
        all.sort_unstable();
        all
    };
    place(one) == place(other)
}

#[cfg(test)]
pub(crate) mod sample;
