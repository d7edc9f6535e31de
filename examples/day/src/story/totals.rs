use std::collections::BTreeMap;
use std::fmt;

/// How two devices meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carrier {
    /// A socket, both ways, until neither has anything new.
    Socket,
    /// A file, written by one and read by the other.
    File,
    /// QR codes shown on one screen and read from the other.
    Qr,
    /// Somebody else's phone, which carries what it is given.
    Relay,
}

impl Carrier {
    /// In the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Socket, Self::File, Self::Qr, Self::Relay];
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Socket => "socket",
            Self::File => "file",
            Self::Qr => "QR codes",
            Self::Relay => "another phone",
        })
    }
}

/// The counts of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Phones that took part.
    pub phones: usize,
    /// Bookings asked for; a change of mind is no new one.
    pub requests: usize,
    /// Bookings that were confirmed, whatever became of them later.
    pub confirmed: usize,
    /// Bookings that got a place other than the one they first asked for.
    pub moved: usize,
    /// Bookings that had to wait at some moment, whatever became of them later.
    pub waiting: usize,
    /// Bookings that waited in vain: no place, or none in time.
    pub in_vain: usize,
    /// Bookings that the office declined, those among them whose time was over.
    pub declined: usize,
    /// Bookings that a phone refused itself, by a rule that it knows.
    pub refused: usize,
    /// Bookings that their holder cancelled.
    pub cancelled: usize,
    /// Bookings whose holder came.
    pub checked_in: usize,
    /// Bookings whose holder did not come.
    pub no_shows: usize,
    /// Promises that a phone showed and that were not kept.
    pub broken_promises: usize,
    /// Promises of a lost device that a phone showed and that the office could only honour.
    pub honoured_promises: usize,
    /// Pairs of confirmed bookings that overlap, on whichever device shows most.
    pub double_bookings: usize,
    /// Meetings at which something came across, by carrier.
    pub meetings: BTreeMap<Carrier, usize>,
    /// Meetings that found no network.
    pub unreached: usize,
    /// Bytes that came across in all meetings.
    pub bytes: u64,
    /// How long the day took to play, in milliseconds: the only figure that a seed does not replay.
    pub elapsed_ms: u64,
}

impl Totals {
    /// Meetings by that carrier at which something came across.
    pub fn met_by(&self, carrier: Carrier) -> usize {
        self.meetings.get(&carrier).copied().unwrap_or(0)
    }
}
