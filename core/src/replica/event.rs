use super::{BookingId, Honoured, Quota, SlipSays};
use crate::command::{
    AtTill, Book, Booked, Change, Changed, Close, Closed, Heir, ImportEntry, ImportedAll,
    InCommons, NewCode, NewContact, ProposeEvent, Receipt, WalkIn, WalkedIn, Which,
};
use crate::id::{ClassId, ConditionId, PublicKey, StatementId, UnitId};
use crate::model::Catalogue;
use crate::resolve::{Counted, SlotKey};
use crate::statement::{Amendment, Cause, Document, Ground, Keypair, Role};
use crate::sync::Incoming;
use crate::sync::qr::Slip;
use crate::time::{CivilMinute, OfficeDay};

/// What happens to a device.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one event lives at a time, for a turn"
)]
pub enum Event {
    /// A person asks for something.
    Command(Command),
    /// Something came from another device, by whatever channel.
    TakeIn(Vec<Incoming>),
    /// Time has passed.
    Tick,
}

/// What people ask for. Visitors book; staff decide, close, publish.
#[derive(Clone, Debug)]
pub enum Command {
    /// Book.
    Book(Book),
    /// Withdraw a booking.
    Cancel(BookingId),
    /// Ask for another time or place instead. What is held stays held until the office confirms the new one.
    Move {
        /// The booking.
        booking: BookingId,
        /// What is wanted instead; its first date counts.
        to: Book,
    },
    /// Stay longer, or leave earlier.
    Extend {
        /// The booking.
        booking: BookingId,
        /// The new end.
        end: CivilMinute,
    },
    /// Change dates of a series, each judged and answered by itself.
    ChangeDates {
        /// One of them.
        booking: BookingId,
        /// Which others.
        which: Which,
        /// What is to happen to them.
        change: Change,
    },
    /// Propose an event.
    Propose(Box<ProposeEvent>),
    /// Ask for seats at an event, all together or none.
    AskForSeats {
        /// The event.
        event: SlotKey,
        /// Which of its dates; the first is 0.
        date: usize,
        /// How many.
        seats: u16,
    },
    /// Write the text of an event anew.
    EditEvent {
        /// The event.
        event: SlotKey,
        /// The whole text, the title on the first line.
        text: String,
    },
    /// Show a key by which another phone lets this one write the text of its event.
    ShowOrganiserKey,
    /// Let another phone write the text of an event that this device proposed.
    AddOrganiser {
        /// The event.
        event: SlotKey,
        /// The key that the other phone has shown.
        key: PublicKey,
    },
    /// Let an event take place.
    Approve(SlotKey),
    /// Refuse an event, or call it off.
    CallOff {
        /// The event.
        event: SlotKey,
        /// Why.
        cause: Cause,
    },
    /// Something with suggestions or notices.
    InCommons(InCommons),
    /// "I am here."
    Arrive(BookingId),
    /// What whoever holds a slip says.
    Slip {
        /// What the slip's key is made from.
        seed: [u8; 16],
        /// What they say.
        says: SlipSays,
    },
    /// Confirm a request now, where the forecast places it.
    Confirm(SlotKey),
    /// Refuse a request.
    Decline {
        /// The booking.
        key: SlotKey,
        /// Why.
        cause: Cause,
    },
    /// Give a confirmed place back.
    Release {
        /// The booking.
        key: SlotKey,
        /// Why.
        cause: Cause,
    },
    /// The person is here.
    CheckIn(SlotKey),
    /// Lengthen or shorten a rental, at the desk.
    Prolong {
        /// The rental.
        key: SlotKey,
        /// Until when; the last minute there is means without an end.
        until: CivilMinute,
    },
    /// Hand a thing to whoever has a booking.
    HandOut {
        /// The booking.
        key: SlotKey,
        /// The thing, whichever was promised.
        unit: UnitId,
        /// What is to be said of its condition.
        condition: Vec<ConditionId>,
        /// And in free text, for the office's devices alone.
        remark: Option<String>,
    },
    /// A thing is back.
    HandIn {
        /// The thing.
        unit: UnitId,
        /// What is to be said of its condition.
        condition: Vec<ConditionId>,
        /// And in free text, for the office's devices alone.
        remark: Option<String>,
    },
    /// A unit was opened without its renter.
    Open {
        /// The unit.
        unit: UnitId,
        /// Why.
        cause: Cause,
        /// And in free text, for the office's devices alone.
        remark: Option<String>,
    },
    /// Erase what was remarked of a thing: what is left is that it was there, and why it is gone.
    EraseRemark {
        /// The statement that has it.
        of: StatementId,
        /// Why.
        cause: Cause,
    },
    /// A lock was set to another code: tell its renter.
    IssueCode(NewCode),
    /// Give what somebody rents on to another.
    Transfer {
        /// The rental.
        key: SlotKey,
        /// Who is to have it.
        to: Heir,
    },
    /// Close units or the office.
    Close(Close),
    /// Open again what was closed or taken.
    Reopen(StatementId),
    /// Book for somebody without a phone.
    WalkIn(WalkIn),
    /// The person has read the guidelines of that version and accepts them.
    AcceptGuidelines(u32),
    /// Somebody may not book until that day.
    Suspend {
        /// The pseudonym.
        holder: PublicKey,
        /// The last day.
        until: OfficeDay,
        /// Why.
        ground: Ground,
    },
    /// Somebody has appealed against a suspension, or it is taken back.
    AmendSuspension {
        /// The `Suspend`.
        suspend: StatementId,
        /// What became of it.
        amendment: Amendment,
    },
    /// Somebody was shown round: what the office reserves for such people is theirs to book. Of staff and admins.
    Introduce(PublicKey),
    /// Takes an introduction back: it counts for no ticket issued from now on.
    Retract(PublicKey),
    /// Write down how somebody is reached, for the staff alone.
    WriteContact(Box<NewContact>),
    /// Something with money.
    AtTill(AtTill),
    /// Take in what another calendar has.
    Import(Vec<ImportEntry>),
    /// Issue a ticket to a holder's key, within the holder's limits.
    IssueTicket {
        /// Whose limits count.
        holder: PublicKey,
        /// Whose ticket it is.
        key: PublicKey,
        /// Which month or year it serves.
        document: Document,
        /// Classes it may be used for; none named means all.
        uses: Vec<ClassId>,
        /// How many bookings it allows.
        slots: u8,
    },
    /// Certify a device that joined as a visitor and showed its key. It is a steward when it next syncs.
    Certify {
        /// The device's key: see [`crate::sync::qr::Enrolment`].
        device: PublicKey,
        /// What it may do.
        role: Role,
    },
    /// Publish a catalogue.
    Publish(Box<Catalogue>),
    /// Put the next version of the rules in force from a coming day on.
    Activate {
        /// The version: one more than the newest that is or will be in force.
        rules: u16,
        /// The first day it governs.
        from: OfficeDay,
    },
    /// Drop the ledgers of months that end before a day, everywhere.
    DropBefore(OfficeDay),
    /// Drop the rentals of years that end before a day, everywhere: none that stands may be in them alone.
    DropYearsBefore(OfficeDay),
    /// Take a device's certificate back at what is known of it, and name who takes over; or name somebody for a device
    /// replaced before. Only with the admin key. See [`Replica::replacement`](super::Replica::replacement).
    ReplaceDevice {
        /// The device.
        device: PublicKey,
        /// Who takes over what it holds.
        successor: Option<PublicKey>,
    },
    /// Give the admin key's powers to another device of the office. Only with the admin key.
    HandOver(PublicKey),
    /// Make this device the admin by the recovery key, also one that the office has not certified.
    RecoverOffice {
        /// The recovery key.
        recovery: Keypair,
        /// The last statement of the admin chain that stands; the last there is, when the chain is not forked.
        keeps: Option<StatementId>,
        /// What this device may do from now on, if the office had not certified it.
        role: Role,
    },
    /// Vouch for a confirmation of a replaced device that the office had not heard of: whoever was promised it comes
    /// first in line.
    Honour(StatementId),
    /// A person has looked: the clock is right.
    ConfirmClock,
}

/// What came of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// Done; there is nothing more to say.
    #[default]
    Done,
    /// A booking of this device: an event, or seats at one.
    Asked(BookingId),
    /// The key that another phone scans.
    OrganiserKey(PublicKey),
    /// What came of each date.
    Booked(Booked),
    /// What came of each date changed.
    Changed(Changed),
    /// A slip for each date.
    WalkedIn(WalkedIn),
    /// The rental of whoever has it now, and what they leave with if they have no phone.
    Transferred {
        /// The rental.
        to: SlotKey,
        /// What is printed on the slip.
        slip: Option<Slip>,
    },
    /// The statement that a thing went out.
    HandedOut(StatementId),
    /// What came of each entry.
    Imported(ImportedAll),
    /// Who was affected.
    Closed(Closed),
    /// The suspension.
    Suspended(StatementId),
    /// The charges.
    Charged(Vec<StatementId>),
    /// The account.
    AccountOpened(StatementId),
    /// What is printed.
    Receipt(Box<Receipt>),
    /// A count of the till, with what its books said.
    Counted(Counted),
    /// The Revoke, or the statement that names a successor.
    Replaced(StatementId),
    /// What a confirmation that was shown is worth.
    Honoured(Honoured),
    /// The ticket, or what is left of the holder's share.
    Ticket(Result<StatementId, Quota>),
}
