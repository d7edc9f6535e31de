//! The public error. Expected outcomes (taken, waiting, moved, refused by a rule) are values, not errors.

mod code;

use crate::command::{
    AccountError, ChangeError, CommonsError, EventError, HostError, MoneyError, RemarkError,
    RosterError, SeriesError,
};
use crate::document::ApplyError;
use crate::envelope::EnvelopeError;
use crate::id::{ConditionId, OfficeId, PublicKey, StatementId, UnitId};
use crate::resolve::SlotKey;
use crate::seal::CannotSeal;
use crate::statement::{DecodeError, Document, Role};
use crate::time::OfficeDay;

/// Why something could not be done. Each has a stable code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing is known of the office but its id.
    #[error("office {office} is not known here yet: meet a device that is")]
    NotJoined {
        /// The office.
        office: OfficeId,
    },
    /// The catalogue has not come.
    #[error("the office's catalogue is not here yet: meet a device that has it")]
    NoCatalogue,
    /// Only a certified device may do that.
    #[error("this device is not certified by the office")]
    NotASteward,
    /// Only the device with the admin key may do that.
    #[error("this device does not hold the office's admin key")]
    NotTheAdmin,
    /// The first certificate of a device counts, and a key that was revoked never comes back.
    #[error("device {device} was certified before as {}{}: a device is certified once under each key", role.word(), if *revoked { " and revoked" } else { "" })]
    AlreadyCertified {
        /// The device.
        device: PublicKey,
        /// As what.
        role: Role,
        /// Whether its certificate was taken back since.
        revoked: bool,
    },
    /// A role of a later version.
    #[error("role {} is not known here: admin is 1, staff 2, kiosk 3, hub 4", role.number())]
    UnknownRole {
        /// The role.
        role: Role,
    },
    /// The office's rules, or its admin chain, have gone beyond what this engine knows.
    #[error(
        "statement {since} is of a later version than this app: update it, nothing is decided here before"
    )]
    Outdated {
        /// The first statement that it cannot follow.
        since: StatementId,
    },
    /// Rules are put in force one version after the other, so that a slip of the finger does not shut the office.
    #[error("rules of version {asked} cannot be activated: the next one is {next}")]
    NotNextRules {
        /// The version asked for.
        asked: u16,
        /// The one that can be.
        next: u16,
    },
    /// Rules govern from a coming day on, so that devices can hear of it and be updated.
    #[error("rules cannot govern from {from}: it is {today}, and the first day can be tomorrow")]
    NotAhead {
        /// The day asked for.
        from: OfficeDay,
        /// Today.
        today: OfficeDay,
    },
    /// This steward's database lacks what it has signed.
    #[error(
        "this device was restored from a backup: it decides nothing until it is certified under a new key"
    )]
    Recovering,
    /// There is no such document, or it was dropped.
    #[error("{document} was dropped or is not one that can be written")]
    NoSuchDocument {
        /// The document.
        document: Document,
    },
    /// Nobody here has heard of that booking.
    #[error("booking {} slot {} is not known here", key.ticket, key.slot)]
    NoSuchBooking {
        /// The booking.
        key: SlotKey,
    },
    /// It is decided or withdrawn.
    #[error("booking {} slot {} is not waiting for a decision", key.ticket, key.slot)]
    NotPending {
        /// The booking.
        key: SlotKey,
    },
    /// There is nothing free for it.
    #[error("booking {} slot {} has no free place", key.ticket, key.slot)]
    NoPlace {
        /// The booking.
        key: SlotKey,
    },
    /// Another device has the right to decide about it.
    #[error("another device decides about booking {} slot {}", key.ticket, key.slot)]
    NotDecider {
        /// The booking.
        key: SlotKey,
    },
    /// What is physically so is for people to say, not for a machine in a cupboard.
    #[error("a device of role {} states no physical facts: use an admin's, staff's or kiosk's", role.word())]
    NoFacts {
        /// This device's role.
        role: Role,
    },
    /// It has no confirmation that stands.
    #[error("booking {} slot {} is not confirmed", key.ticket, key.slot)]
    NotConfirmed {
        /// The booking.
        key: SlotKey,
    },
    /// Another device has custody of its place.
    #[error("another device has custody of the place of booking {} slot {}", key.ticket, key.slot)]
    NotCustodian {
        /// The booking.
        key: SlotKey,
    },
    /// The catalogue has no such unit.
    #[error("{unit} is not in the catalogue")]
    NoSuchUnit {
        /// What was named.
        unit: UnitId,
    },
    /// Whoever rents it would lose it.
    #[error("something in {document} is still rented: end it or give it back first")]
    StillRented {
        /// The document.
        document: Document,
    },
    /// It was handed out before, and is not back.
    #[error("{unit} is still out: hand it in first")]
    StillOut {
        /// The unit.
        unit: UnitId,
    },
    /// Nobody has it.
    #[error("{unit} is not out")]
    NotOut {
        /// The unit.
        unit: UnitId,
    },
    /// The catalogue has no such condition.
    #[error("condition {} is not in the catalogue", condition.0)]
    NoSuchCondition {
        /// What was named.
        condition: ConditionId,
    },
    /// More than one statement has room for.
    #[error(
        "{got} conditions noted at once: the most is {}",
        crate::limits::MAX_CONDITIONS
    )]
    TooManyConditions {
        /// How many.
        got: usize,
    },
    /// It is booked by the day.
    #[error("booking {} slot {} is not rented by the year", key.ticket, key.slot)]
    NotARental {
        /// The booking.
        key: SlotKey,
    },
    /// It is another booking's, or nobody's.
    #[error("{unit} is not rented by booking {} slot {}", key.ticket, key.slot)]
    NotRented {
        /// The booking.
        key: SlotKey,
        /// What was named.
        unit: UnitId,
    },
    /// Whose key that is, nobody can be told anything in confidence.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// What is for one person's ears is read out by a member of staff, not shown on a screen in the room.
    #[error("a {} does not do what is for the staff alone: use an admin's or staff's device", role.word())]
    StaffOnly {
        /// This device's role.
        role: Role,
    },
    /// A suspension has a last day, within a year.
    #[error(
        "a suspension from {from} until {until}: the last day is at most {} days on",
        crate::limits::MAX_SUSPENSION_DAYS
    )]
    NoSuspension {
        /// The first day.
        from: OfficeDay,
        /// The last day asked for.
        until: OfficeDay,
    },
    /// Nobody here has heard of that suspension.
    #[error("suspension {suspend} is not known here")]
    NotSuspended {
        /// What was named.
        suspend: StatementId,
    },
    /// What nobody said cannot be taken back.
    #[error("holder {holder} was not introduced, as far as is known here")]
    NotIntroduced {
        /// The pseudonym.
        holder: PublicKey,
    },
    /// Nobody accepts what they cannot have read.
    #[error("guidelines of version {version} are not known here")]
    NoSuchGuidelines {
        /// What was named.
        version: u32,
    },
    /// Who has accepted a version has accepted its text.
    #[error(
        "the guidelines of version {version} were published with another text: raise the version"
    )]
    GuidelinesRewritten {
        /// The version.
        version: u32,
    },
    /// Nothing is taken under that name.
    #[error("no unit is taken under {occupy}")]
    NotOccupied {
        /// The Occupy.
        occupy: StatementId,
    },
    /// An office keeps the zone that it was founded with.
    #[error("the catalogue's zone is {published}: the office was founded in {founded}")]
    ZoneChanged {
        /// What was to be published.
        published: String,
        /// The office's zone.
        founded: String,
    },
    /// Nobody here has heard of that confirmation.
    #[error("confirmation {confirm} is not known here: take in its certificate first")]
    NoSuchConfirmation {
        /// The confirmation.
        confirm: StatementId,
    },
    /// The office has never certified that device.
    #[error("device {device} was never certified by this office")]
    NotCertified {
        /// The device.
        device: PublicKey,
    },
    /// It was replaced before.
    #[error("device {device} was replaced before{}", if successor.is_some() { ", and its successor is named" } else { ": name a successor" })]
    AlreadyReplaced {
        /// The device.
        device: PublicKey,
        /// Who took over.
        successor: Option<PublicKey>,
    },
    /// It is not certified, was replaced itself, or is the device to be replaced.
    #[error("device {device} cannot take over: it is not a device of the office that may decide")]
    NotAnHeir {
        /// The device.
        device: PublicKey,
    },
    /// A device does not take its own certificate back.
    #[error("this device cannot replace itself: hand the admin key over first")]
    OwnDevice,
    /// A device changes its key when it cannot go on under the one it has.
    #[error(
        "this device's key is in force: only one that is recovering, or was replaced, gets another"
    )]
    KeyInForce,
    /// A key comes into an office once.
    #[error("key {device} was used at this office before: draw another seed")]
    KeyUsedBefore {
        /// The key.
        device: PublicKey,
    },
    /// The admin's own device was restored, and lacks what it has signed as the admin.
    #[error(
        "this device lacks what it signed as the admin: meet a device that has it, or use the recovery key"
    )]
    AdminChainBehind,
    /// The seed given is not the one that was printed when the office was founded.
    #[error("that is not this office's recovery key")]
    WrongRecoveryKey,
    /// Nothing can be kept that has no place there.
    #[error("statement {statement} has no place in the admin chain as it is known here")]
    NotOnTheChain {
        /// The statement.
        statement: StatementId,
    },
    /// A hub decides what it is assigned, and knows nothing of the room it does not stand in.
    #[error("a {} cannot vouch for what people show: that takes staff or a kiosk", role.word())]
    CannotVouch {
        /// This device's role.
        role: Role,
    },
    /// What this device signed there does not stand where it put it, so that it must not sign on.
    #[error("this device's last statement in {document} does not stand: it signs no further there")]
    Stalled {
        /// The document.
        document: Document,
    },
    /// The admin chain has two branches, and nothing is added before the recovery key decides between them.
    #[error(
        "the admin chain is forked after {after}: the recovery key must say which branch stands"
    )]
    AdminForked {
        /// The last statement that stands.
        after: StatementId,
    },
    /// A booking cannot be changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// Nobody here has heard of that slip's ticket.
    #[error("no ticket of that slip is known here: meet the device that printed it")]
    NoSuchSlip,
    /// No such series can be asked for.
    #[error(transparent)]
    Series(#[from] SeriesError),
    /// It cannot be done at a till.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// An event cannot be proposed, or its seats not be asked for.
    #[error(transparent)]
    Event(#[from] EventError),
    /// It cannot be said in the commons, or done about what was said there.
    #[error(transparent)]
    Commons(#[from] CommonsError),
    /// There can be no such remark about a thing, or there is none.
    #[error(transparent)]
    Remark(#[from] RemarkError),
    /// Nobody has agreed to that.
    #[error(transparent)]
    Host(#[from] HostError),
    /// How somebody is reached cannot be written down.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// What was to be said does not fit a statement.
    #[error("cannot be said in one statement: {0}")]
    Statement(#[from] DecodeError),
    /// What was to be written does not fit an envelope.
    #[error("cannot be sent in one envelope: {0}")]
    Envelope(#[from] EnvelopeError),
    /// A document could not be written.
    #[error("document could not be written: {0}")]
    Document(#[from] ApplyError),
}

impl From<AccountError> for Error {
    fn from(error: AccountError) -> Self {
        Self::Money(error.into())
    }
}
