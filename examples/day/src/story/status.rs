use std::fmt;

/// What a phone shows about a booking: the states of the specification, §6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Written, but without a ticket to ask with.
    Draft,
    /// Asked for; no office device has it yet.
    Carried,
    /// An office device has it.
    Received,
    /// It will be given what it asked for unless somebody ranked before asks too.
    Likely,
    /// It will be given something equal, or its second choice.
    Alternative,
    /// Nothing fits now; the place in the queue.
    Waiting(u32),
    /// It is theirs.
    Confirmed,
    /// They came.
    CheckedIn,
    /// It is given back.
    Released,
    /// The office said no.
    Declined,
    /// The office took back what it had confirmed, and asks again for the person, before all others.
    TakenBack,
    /// The person took the request back.
    Cancelled,
    /// A rule that the phone itself knows.
    Refused,
}

impl Status {
    /// Whether this is a promise.
    pub const fn is_promise(self) -> bool {
        matches!(self, Self::Confirmed | Self::CheckedIn)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Draft => "draft",
            Self::Carried => "carried",
            Self::Received => "received",
            Self::Likely => "likely",
            Self::Alternative => "alternative",
            Self::Waiting(n) => return f.pad(&format!("waiting {n}")),
            Self::Confirmed => "confirmed",
            Self::CheckedIn => "checked in",
            Self::Released => "released",
            Self::Declined => "declined",
            Self::TakenBack => "taken back",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        })
    }
}
