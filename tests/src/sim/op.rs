//! What can happen in the simulated world: data, so that a run can be shrunk and replayed.
//!
//! Numbers pick from whatever there is when it happens, so every list of [`Op`]s can be played.

/// A device, by its place in the `Cast`.
pub type Who = u8;

/// What somebody wants: numbers that pick from what the office has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// A unit; this one or its equal; places of a class; the hall; a locker.
    pub what: u8,
    /// Days from today.
    pub day: u8,
    /// The start, in quarters of an hour from midnight.
    pub start: u8,
    /// The length, in quarters of an hour.
    pub length: u8,
    /// Other times, needs, more dates.
    pub extra: u8,
}

/// How a meeting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weather {
    /// Messages of a hundred that are lost.
    pub lost: u8,
    /// Messages of a hundred that come twice.
    pub twice: u8,
    /// Whether messages overtake one another.
    pub shuffled: bool,
    /// After how many messages the connection breaks.
    pub cut: Option<u8>,
    /// Where its chance starts.
    pub salt: u64,
}

impl Weather {
    /// Everything arrives, once and in order.
    pub const FAIR: Self = Self {
        lost: 0,
        twice: 0,
        shuffled: false,
        cut: None,
        salt: 0,
    };
}

/// What happens to the next message of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mischief {
    /// It arrives.
    None,
    /// It is lost.
    Lost,
    /// It comes twice.
    Twice,
    /// The one after it comes first.
    Overtaken,
    /// It is changed on the way.
    Mangled,
}

/// What staff do about a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Confirm it now.
    Confirm,
    /// Refuse it.
    Decline,
    /// Give its place back.
    Release,
    /// The person is here.
    CheckIn,
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "numbers pick from what there is; the cases say what happens"
)]
pub enum Op {
    /// Time passes.
    Wait { minutes: u16 },
    /// An app's timer goes off.
    Tick { who: Who },

    /// A visitor books: one date or many.
    Book { who: Who, want: Want },
    /// A visitor asks for another time or place instead.
    Move { who: Who, nth: u8, want: Want },
    /// A visitor asks to stay longer, or leave earlier.
    Extend { who: Who, nth: u8, quarters: i8 },
    /// A visitor withdraws.
    Cancel { who: Who, nth: u8 },
    /// A visitor has come.
    Arrive { who: Who, nth: u8 },
    /// Somebody looks at a screen: what is free, a day, a booking, why, its certificate.
    Look { who: Who, nth: u8, want: Want },

    /// Somebody without a phone books at the desk.
    WalkIn { who: Who, want: Want, seed: u64 },
    /// Somebody with a slip comes back: to withdraw or because they are here.
    Slip { who: Who, nth: u8, cancels: bool },
    /// Staff decide about a booking.
    Desk { who: Who, verb: Verb, nth: u8 },
    /// Staff close a unit or the office.
    Close { who: Who, want: Want, all: bool },
    /// Staff open again what was closed.
    Reopen { who: Who, nth: u8 },
    /// The office publishes another catalogue.
    Publish { who: Who, variant: u8 },
    /// The office drops the months before this one.
    DropMonths { who: Who },
    /// Staff look at the clock: it is right.
    ConfirmClock { who: Who },

    /// Two devices meet, from greeting to good-bye.
    Meet {
        from: Who,
        to: Who,
        weather: Weather,
    },
    /// One device calls another; the messages are carried one by one.
    Dial { from: Who, to: Who },
    /// The next messages of a connection.
    Carry {
        link: u8,
        count: u8,
        mischief: Mischief,
        salt: u64,
    },
    /// A connection ends. `rudely`: nobody says good-bye.
    HangUp { link: u8, rudely: bool },
    /// The network falls apart: devices of different islands cannot meet.
    Split { islands: u32 },
    /// The network is whole.
    Join,
    /// A device writes a file, and somebody keeps it.
    Export { who: Who },
    /// A device reads a file that somebody kept.
    Import {
        who: Who,
        file: u8,
        mangled: bool,
        salt: u64,
    },
    /// A phone shows a booking's code to another device.
    Card {
        who: Who,
        nth: u8,
        to: Who,
        mangled: bool,
        salt: u64,
    },

    /// Power is lost while nothing is going on.
    Kill { who: Who },
    /// Power will be lost in the middle of what is written, `effects` writes from now.
    Cut {
        who: Who,
        effects: u8,
        kept: bool,
        again: bool,
    },
    /// The disk is full.
    Fill { who: Who },
    /// A write will fail.
    FailWrite { who: Who, after: u8, kept: bool },
    /// A save of the vault will fail.
    FailSave { who: Who, after: u8, kept: bool },
    /// The disk says that it writes and does not, until power is lost.
    Lie { who: Who },
    /// The disk is mended.
    Repair { who: Who },
    /// Somebody copies the disk.
    Backup { who: Who },
    /// Somebody puts the copy back.
    Restore { who: Who },
    /// The app goes to sleep, and packs what it has.
    Sleep { who: Who },

    /// A clock is set wrong.
    Skew { who: Who, minutes: i32 },
    /// A clock stops.
    Stop { who: Who },
    /// A clock is set right.
    SetRight { who: Who },

    /// A phone does what its engine would not.
    Hostile {
        who: Who,
        trick: u8,
        to: Who,
        salt: u64,
    },

    /// A steward signs what its engine would not.
    Rogue {
        who: Who,
        trick: u8,
        to: Who,
        salt: u64,
    },
    /// Somebody copies a device whole, disk, vault and key, and the copy goes its own way.
    Clone { who: Who, into: Who },

    /// Everything is mended, everybody meets until nobody has anything new, and the office is looked over.
    Settle,
}

impl Op {
    /// The devices it names.
    pub fn who(&self) -> Vec<Who> {
        match self {
            Self::Tick { who }
            | Self::Book { who, .. }
            | Self::Move { who, .. }
            | Self::Extend { who, .. }
            | Self::Cancel { who, .. }
            | Self::Arrive { who, .. }
            | Self::Look { who, .. }
            | Self::WalkIn { who, .. }
            | Self::Slip { who, .. }
            | Self::Desk { who, .. }
            | Self::Close { who, .. }
            | Self::Reopen { who, .. }
            | Self::Publish { who, .. }
            | Self::DropMonths { who }
            | Self::ConfirmClock { who }
            | Self::Export { who }
            | Self::Import { who, .. }
            | Self::Kill { who }
            | Self::Cut { who, .. }
            | Self::Fill { who }
            | Self::FailWrite { who, .. }
            | Self::FailSave { who, .. }
            | Self::Lie { who }
            | Self::Repair { who }
            | Self::Backup { who }
            | Self::Restore { who }
            | Self::Sleep { who }
            | Self::Skew { who, .. }
            | Self::Stop { who }
            | Self::SetRight { who } => vec![*who],
            Self::Meet { from, to, .. } | Self::Dial { from, to } => vec![*from, *to],
            Self::Card { who, to, .. }
            | Self::Hostile { who, to, .. }
            | Self::Rogue { who, to, .. }
            | Self::Clone { who, into: to } => vec![*who, *to],
            Self::Wait { .. }
            | Self::Carry { .. }
            | Self::HangUp { .. }
            | Self::Split { .. }
            | Self::Join
            | Self::Settle => Vec::new(),
        }
    }
}
