//! Every limit on what a stranger may send, in one place, each with its reason.

/// A statement, signature included. Fits a QR code (2,953 bytes) with room for its envelope.
pub const MAX_STATEMENT_BYTES: usize = 2_048;
/// Fields of one payload: ours use at most 16, the rest is room for later versions.
pub const MAX_FIELDS: usize = 32;
/// Holds in all options of a request or in one confirmation: a school class at its desks.
pub const MAX_HOLDS: usize = 40;
/// Alternatives in one request. More is a search, which a device does before it asks.
pub const MAX_OPTIONS: usize = 12;
/// Features one request can need.
pub const MAX_NEEDS: usize = 16;
/// Slots of one ticket: a date each, so a series is at most this long in one month.
pub const MAX_SLOTS: u8 = 60;
/// Dates of a series: more than a year of weeks, and in one month no more than one ticket has slots for.
pub const MAX_SERIES_DATES: usize = MAX_SLOTS as usize;
/// Versions of one request: how often a person may change their mind before asking anew.
pub const MAX_VERSION: u8 = 15;
/// Classes that one ticket can be used for.
pub const MAX_USES: usize = 16;
/// A party: the largest hall we know of in a public office holds fewer.
pub const MAX_PARTY: u16 = 500;
/// Minutes set aside before or after a hold, for cleaning or setting up.
pub const MAX_BUFFER: u16 = 720;
/// From a ticket's stamp to its expiry, in minutes: the age of the stamp bounds every lie about time.
pub const MAX_TICKET_LIFE: i32 = 7 * 24 * 60;
/// The step a ticket's stamp is rounded down to, and of a request's rank, in minutes.
pub const STAMP_STEP: i32 = 15;
/// Units named by one Assign statement.
pub const MAX_ASSIGNED: usize = 300;
/// Ranges of cells named by one Give statement.
pub const MAX_CELL_RANGES: usize = 100;
/// Cells in one range of a Give: a month of days, or the years of a long rental.
pub const MAX_RANGE_CELLS: u32 = 62;
/// Documents named by the cuts of one Revoke.
pub const MAX_CUTS: usize = 40;
/// Bytes of an IANA time-zone name; the longest in use has 32.
pub const MAX_ZONE_BYTES: usize = 64;
/// Requests a steward admits for one slot: every version, once.
pub const MAX_REQUESTS_PER_SLOT: usize = 16;
