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
/// Requests a steward admits for one slot: every version, once. As many wishes to keep what is rented.
pub const MAX_REQUESTS_PER_SLOT: usize = 16;
/// Conditions noted when a thing changes hands.
pub const MAX_CONDITIONS: usize = 16;

/// Dates of one event, all in one month: as many as one request can hold places.
pub const MAX_EVENT_DATES: usize = MAX_HOLDS;
/// Bytes of an event's text, title included: a page.
pub const MAX_EVENT_TEXT: u16 = 4_000;
/// Edits of one event's text: a page rewritten sentence by sentence, several times.
pub const MAX_EDITS: usize = 200;
/// Phones let in to write one event's text, beside the one that proposed it: a working group.
pub const MAX_ORGANISERS: usize = 16;
/// Edits that one edit follows: those that so many people made without hearing of one another.
pub const MAX_EDITS_AFTER: usize = 16;
/// Places at which one edit changes a text. What changes more is replaced as a whole.
pub const MAX_SPLICES: usize = 200;
/// Texts that came before what they belong to, of which a device keeps some: a programme and a full notice board, and
/// 1 MiB at the most.
pub const MAX_WAITING_TEXTS: usize = 256;
/// Bytes of a suggestion, a notice or an answer: half a page.
pub const MAX_COMMONS_TEXT: u16 = 2_000;
/// Bytes of a remark about a thing: some sentences.
pub const MAX_REMARK: usize = 1_000;
/// Bytes that go before a remark, so that nobody finds a short one by trying.
pub const REMARK_SALT: usize = 16;
/// Days that a notice may stand: a quarter. Who needs it longer writes it again.
pub const MAX_NOTICE_DAYS: u16 = 92;

/// One sync message. Small enough for a phone to hold a few, large enough that framing costs nothing.
pub const MAX_MESSAGE_BYTES: usize = 256 * 1024;
/// What a sync session sends before it waits for the other side: bounds what a slow peer makes us hold.
pub const MAX_FLIGHT_BYTES: usize = 1024 * 1024;
/// An envelope or a catalogue. Larger than a message it travels in parts.
pub const MAX_ITEM_BYTES: usize = 4 * 1024 * 1024;
/// Every part of a split item but the last, so that parts fit together in any order.
pub const PART_BYTES: usize = 192 * 1024;
/// Split items a session puts together at once: an envelope, and one that a lost part left unfinished.
pub const MAX_OPEN_ITEMS: usize = 2;
/// Envelopes, statements or catalogues in one message: bounds what many tiny ones cost.
pub const MAX_ITEMS_PER_MESSAGE: usize = 2_048;
/// Documents one device tells another of: twenty years of months, and room for other kinds.
pub const MAX_SYNC_DOCUMENTS: usize = 256;
/// Documents a session keeps account of: those greeted with, remembered, and come up since.
pub const MAX_PEER_DOCUMENTS: usize = 2 * MAX_SYNC_DOCUMENTS;
/// Entries of a version vector in one message: a month of 60 stewards with an actor for each day.
pub const MAX_VECTOR_ENTRIES: usize = 2_048;
/// Entries of all version vectors a session keeps of its peer, about 6 MiB: strangers with fifteen years to compare.
pub const MAX_PEER_VECTOR_ENTRIES: usize = 131_072;
/// Catalogues, texts of events and their edits, and of notices and suggestions, that one device tells another of: those published lately, and of the
/// programme to come what is soonest. 34 KiB of hashes. What is more is sent last.
pub const MAX_LISTED_BLOBS: usize = 1_024;
/// Loose statements sent without asking first. More are offered by id.
pub const MAX_LOOSE_PUSHED: usize = 64;
/// Ids of loose statements in one offer, and wanted at one time: 136 KiB of ids.
pub const MAX_LOOSE_OFFERED: usize = 4_096;
/// Changes asked for by name in one message: what a meeting left out is little, or all of it.
pub const MAX_CHANGES_ASKED: usize = 256;
/// Messages that arrived ahead of one still missing, of which a session keeps count.
pub const MAX_OUT_OF_ORDER: usize = 256;
/// A bundle file: what a phone reads into memory, and a year of a busy office many times over.
pub const MAX_BUNDLE_BYTES: usize = 256 * 1024 * 1024;
/// A QR code of version 40 with error correction level L in byte mode (ISO/IEC 18004:2015, table 7).
pub const MAX_QR_BYTES: usize = 2_953;
/// Statements beside the ticket on one request card; a QR code holds fewer.
pub const MAX_CARD_STATEMENTS: usize = 16;
/// Hand-overs of the admin key in one certificate; a QR code holds fewer.
pub const MAX_KEY_CHAIN: usize = 16;
/// Bytes of the name in an invitation: a hint for the eye, the office id decides.
pub const MAX_NAME_BYTES: usize = 120;
/// An envelope, signature included: what a phone can hold twice in memory while it checks one, and a hub on a
/// slow link sends in a second or two.
pub const MAX_ENVELOPE_BYTES: usize = 1 << 20;
/// Changes in one envelope: a busy office's week. A longer history is several envelopes.
pub const MAX_ENVELOPE_CHANGES: usize = 2_048;
/// Statements in one change, which is one received batch. Full-sized ones still fit one envelope.
pub const MAX_CHANGE_STATEMENTS: usize = 256;
/// Changes one change depends on: that many stewards wrote without hearing of one another. What is left over is
/// merged by the next change.
pub const MAX_CHANGE_DEPS: usize = 128;
/// Authors of one document: a steward is a new author every office day, so twenty stewards for half a year.
/// Automerge keeps a clock of four bytes an author for every sixteenth change.
pub const MAX_DOCUMENT_ACTORS: usize = 4_096;
/// Authors of one document that are one device: one a day it writes there, for as long as a month's bookings are open.
pub const MAX_DEVICE_AUTHORS: usize = 512;
/// Databases of one device under one key: a lost one asks for another key.
pub const MAX_INCARNATIONS: u32 = 16;
/// Statements in one document: Automerge counts them in 32 bits, and a change must still fit below.
pub const MAX_DOCUMENT_OPS: u64 = u32::MAX as u64 / 2;
/// Envelopes that wait for others they build on, or for their signer's certificate.
pub const MAX_WAITING: usize = 4_096;
/// Bytes of those envelopes: what the smallest phone can spare.
pub const MAX_WAITING_BYTES: usize = 16 << 20;

/// Statements that one import makes: Christmas in an office of sixty units, or a year of a society's evenings. What is
/// left over is for the next import of the same file.
pub const MAX_IMPORT_STATEMENTS: usize = 4_000;

/// Refusals kept of one device until somebody has seen to them: what it is doing shows from a few.
pub const MAX_INCIDENTS: usize = 8;
/// Envelopes set aside as evidence against whoever signed them; each may have a megabyte. More are refused all the same.
pub const MAX_QUARANTINED: usize = 64;
/// Statements of others that a device carries: a busy day of an office, about a megabyte.
pub const MAX_LOOSE: usize = 2_000;
/// Statements of a revoked device beyond its cut that a document takes in: a busy day of one that was lost, and all
/// that a stolen key can add.
pub const MAX_BEYOND_CUT: usize = 1_000;
/// Of those, statements of kinds that this engine does not know, and so cannot tell from noise.
pub const MAX_LOOSE_UNKNOWN: usize = 500;
/// Chains of one device: a ledger a month and a storage document a year, for longer than a device lasts.
pub const MAX_VAULT_CHAINS: usize = 4_096;

/// Bytes of a lock's code: a word or a dozen digits, in any script.
pub const MAX_CODE_BYTES: usize = 31;
/// Bytes of a sealed code: a byte for its length, the code filled up so that it does not show, and what sealing adds.
pub const SEALED_CODE_BYTES: usize = 1 + MAX_CODE_BYTES + SEAL_OVERHEAD;
/// Bytes of what a refusal says in confidence, sealed.
pub const SEALED_NOTE_BYTES: usize = 16 + SEAL_OVERHEAD;
/// Bytes of what a steward answers to whoever orders, before it is sealed: a `Suspend`, or as many zeros.
pub const ANSWER_BYTES: usize = 640;
/// Bytes of the secret half of a roster's key, sealed to one device.
pub const SEALED_KEY_BYTES: usize = 32 + SEAL_OVERHEAD;
/// Copies of a roster's key in one statement: what there is room for. An office with more staff needs several.
pub const MAX_KEY_COPIES: usize = 14;
/// Bytes of how somebody is reached: a name, an address and a telephone number.
pub const MAX_CONTACT_BYTES: usize = 500;
/// Bytes of what is to be remembered of somebody: some sentences.
pub const MAX_CONTACT_NOTE_BYTES: usize = 1_000;
/// Lengths that a contact and its note are filled up to before they are sealed: a telephone number, an address, a note.
pub const CONTACT_LENGTHS: [usize; 3] = [192, 640, 4 + MAX_CONTACT_BYTES + MAX_CONTACT_NOTE_BYTES];
/// Days of one suspension: a year. A longer one is a decision to be made again.
pub const MAX_SUSPENSION_DAYS: u32 = 366;
/// Bytes that sealing adds: an encapsulated key and a tag.
pub const SEAL_OVERHEAD: usize = ENCAPSULATED_BYTES + 16;
/// Bytes of an encapsulated X25519 key.
pub const ENCAPSULATED_BYTES: usize = 32;

/// Öre in one entry, either way: ten thousand million kronor, and sums of any number of entries stay exact.
pub const MAX_ORE: i64 = 1_000_000_000_000;
/// Pieces in one charge: a print run, not a print works.
pub const MAX_QUANTITY: u32 = 10_000;
/// Charges that one payment or one correction names: a long receipt.
pub const MAX_PARTS: usize = 20;

/// Months that one report covers: what those who fund an office ask for, compared with two years before.
pub const MAX_REPORT_MONTHS: u16 = 36;
/// The largest group that a report's figures may be made to need: beyond it nothing would be left to tell.
pub const MAX_SMALLEST_GROUP: u32 = 1_000;

/// Offices that take another's people: more than anybody reads through who stands before a closed door.
pub const MAX_HOSTS: usize = 16;
/// Bytes of a directory: what a phone on a poor connection fetches in some seconds.
pub const MAX_DIRECTORY_BYTES: usize = 2 << 20;
/// Offices of one directory: more than there are libraries in any of the Nordic countries.
pub const MAX_LISTINGS: usize = 4_000;
/// Devices of one person that go by the same keys at one time, the one before a phone was lost among them: two phones, a
/// tablet, and a backup restored again and again.
pub const MAX_LANES: u8 = 8;
