//! The machine with one door: [`Replica::handle`] takes the time and an event, and answers with effects.
//!
//! ```text
//!           ┌──────────── Replica ────────────┐
//! Event ───►│ shelf   documents, folds, views │───► Effects: what to store, then what to say
//!  + now    │ wallet  a visitor's keys        │
//!           │ desk    a steward's holders     │
//!           └─────────────────────────────────┘
//! ```
//!
//! Failure, time and chance come in through the door. Nothing is promised until the caller has made the effects
//! durable: see [`Device`](crate::device::Device), which does that.
//!
//! **Architecture invariant:** nothing here reads a clock, draws a random number or touches a file.

mod accounts;
mod accounts_look;
mod accounts_year;
mod admin;
mod agenda;
mod answers;
mod apply;
mod authoring;
mod authors;
mod automation;
mod backup;
mod booking;
mod calendar;
mod carrying;
mod clock;
mod codes;
mod commons;
mod commons_look;
mod custody;
mod custody_day;
mod decisions;
mod desk;
mod desk_commands;
mod due;
mod effects;
mod elsewhere;
mod event;
mod events;
mod events_look;
mod guidelines;
mod honour;
mod import;
mod intake;
mod introductions;
mod issuing;
mod keys;
mod late;
mod loans;
mod look;
mod lost;
mod money;
mod money_look;
mod nearest;
mod orders;
mod organisers;
mod orphans;
mod own;
mod pages;
mod part;
mod people;
mod prose;
mod recall;
mod remarks;
mod rental;
mod rentals;
mod replacement;
mod report;
mod restore;
mod roster;
mod series;
mod settling;
mod shelf;
mod skew;
mod slips;
mod source;
mod strangers;
mod succession;
mod texts;
mod vouching;
mod wallet;

pub use agenda::{AgendaEntry, DeskEntry};
pub use backup::OwnKeys;
pub use calendar::{Appointment, AppointmentState, BusyState, BusyTime};
pub use codes::{CodeDue, CodeDueBy, KnownCode};
pub use commons_look::{
    AnswerEntry, CommonsCounts, NoticeEntry, NoticeStage, SuggestionEntry, SuggestionStage,
    UnsaidEntry,
};
pub use custody_day::{Custody, CustodyDay, InFlight, UnitCustody};
pub use desk::Quota;
pub use effects::{Alarm, Effects};
pub use elsewhere::{Elsewhere, HostOffice, Stay};
pub use event::{Command, Event, Outcome};
pub use events_look::{Asked, EventDate, EventEntry};
pub use honour::{HonourStanding, Honoured};
pub use keys::AdminBranch;
pub use loans::{LoanOut, Opening};
pub use lost::{LeftBecause, LostPhone, Reissued};
pub use people::OwnSuspension;
pub use remarks::{Remarked, ThingEntry};
pub use replacement::{Left, Replacement};
pub(crate) use restore::HOLDERS;
pub use restore::Stored;
pub use roster::{ContactEntry, Person};
pub use series::Group;
pub(crate) use shelf::touch;
pub use slips::SlipSays;
pub use source::At;
pub use wallet::ticket_number;

pub use crate::command::{BookingId, SeriesId};

use crate::custody::Plan;
use crate::error::Error;
use crate::id::{OfficeId, PublicKey, StatementId};
use crate::model::Catalogue;
use crate::resolve::Authority;
use crate::statement::{ChainPoint, Document, Keypair, Role, Verified};
use crate::time::{CivilMinute, Timestamp};
use clock::Clock;
use desk::Desk;
use shelf::Shelf;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use texts::Texts;
use wallet::Wallet;

/// What a device is to its office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A visitor's phone, or a relay.
    Visitor,
    /// Certified: may decide what it has custody of.
    Steward(Role),
    /// A steward whose database does not have what it has signed, or whose key somebody else signs with: it decides
    /// nothing until certified under a new key.
    Recovering,
}

/// One device's copy of an office.
#[derive(Debug)]
pub struct Replica {
    key: Keypair,
    /// The key before, in the turn in which this device gets another one.
    former: Option<Keypair>,
    office: OfficeId,
    shelf: Shelf,
    /// Statements not yet in a document: our own, and others' that we carry.
    loose: BTreeMap<StatementId, Verified>,
    /// Those of them that came or were made in this turn.
    picked_up: BTreeSet<StatementId>,
    /// Orders that were judged here, and whose they are.
    ordered: BTreeMap<StatementId, PublicKey>,
    wallet: Wallet,
    desk: Desk,
    texts: Texts,
    clock: Clock,
    incarnation: u32,
    recovering: bool,
    /// Somebody else signs with this device's key.
    cloned: bool,
    /// The last statement of each own chain, whether or not it stands.
    signed: BTreeMap<Document, ChainPoint>,
    /// Confirmations beyond a cut that this device has judged.
    judged: BTreeSet<StatementId>,
    /// Confirmations to be vouched for as soon as they can be judged.
    noted: BTreeSet<StatementId>,
    /// By what plan, and after what authority statement, cells were last shared out.
    shared: Option<(Plan, StatementId)>,
    /// Statements to be written into documents at the end of this turn.
    fresh: BTreeMap<Document, Vec<Verified>>,
    effects: Effects,
}

impl Replica {
    /// A device that knows the office's id and nothing more.
    pub fn new(key: Keypair, office: OfficeId) -> Self {
        Self {
            key,
            former: None,
            office,
            shelf: Shelf::new(office),
            loose: BTreeMap::new(),
            ordered: BTreeMap::new(),
            picked_up: BTreeSet::new(),
            wallet: Wallet::default(),
            desk: Desk::default(),
            texts: Texts::default(),
            clock: Clock::default(),
            incarnation: 0,
            recovering: false,
            cloned: false,
            signed: BTreeMap::new(),
            judged: BTreeSet::new(),
            noted: BTreeSet::new(),
            shared: None,
            fresh: BTreeMap::new(),
            effects: Effects::default(),
        }
    }

    /// The one door.
    ///
    /// On an error nothing was promised. After one that [`Error::spoils_replica`], throw this value away and restore
    /// it from the store.
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Result<Effects, Error> {
        self.effects = Effects::default();
        let outcome = match event {
            Event::Command(command) => self.command(now, command)?,
            Event::TakeIn(incoming) => {
                self.take_in(now, incoming);
                Outcome::Done
            }
            Event::Tick => {
                // What is due to others may have come free since.
                self.shared = None;
                Outcome::Done
            }
        };
        self.settle(now)?;
        Ok(self.finish(outcome))
    }

    /// Everything that follows from what has just become known.
    fn settle(&mut self, now: Timestamp) -> Result<(), Error> {
        if self.standing().decides() {
            self.admit_carried();
            self.say_again();
            self.take_over(now)?;
            self.honour_noted(now)?;
            self.honour_orphans(now)?;
            self.serve_orders(now)?;
            self.take_in_flight(now)?;
            self.decide_all(now)?;
            self.settle_pay_outs(now)?;
            self.carry_accounts(now)?;
            self.tend_rosters(now)?;
            self.share_out(now)?;
        }
        self.promote_drafts(now)?;
        self.say_drafts()?;
        self.finish_moves()?;
        self.sort_texts(now);
        self.write_down(now)
    }

    /// The office.
    pub fn office(&self) -> OfficeId {
        self.office
    }

    /// The key that others know this device by. A visitor's is different at every office.
    pub fn public_key(&self) -> PublicKey {
        self.key.public()
    }

    /// What this device is to its office.
    pub fn standing(&self) -> Standing {
        let certified = self.authority().and_then(|authority| {
            let device = authority.device(&self.key.public())?;
            device.revoked.is_none().then_some(device.role)
        });
        match certified {
            Some(_) if self.recovering => Standing::Recovering,
            // What is on another device too would sign one chain twice.
            Some(_) if self.wallet.is_copied() => Standing::Recovering,
            Some(role) => Standing::Steward(role),
            None => Standing::Visitor,
        }
    }

    /// The resolved authority document; `None` before the Genesis has come.
    pub fn authority(&self) -> Option<&Arc<Authority>> {
        self.shelf.authority()
    }

    /// The published catalogue in force; `None` before it has come.
    pub fn catalogue(&self) -> Option<&Arc<Catalogue>> {
        self.shelf.catalogue().map(|(_, catalogue)| catalogue)
    }

    /// The version of the published catalogue in force.
    pub fn catalogue_version(&self) -> Option<u32> {
        self.shelf.catalogue().map(|(version, _)| *version)
    }

    /// What the office's wall clock shows at `now`.
    pub fn civil(&self, now: Timestamp) -> Result<CivilMinute, Error> {
        Ok(self.shelf.zone()?.civil(now))
    }

    /// The last statement of each of this device's own chains.
    pub fn own_chains(&self) -> BTreeMap<Document, ChainPoint> {
        self.shelf.chains_of(&self.key.public())
    }

    /// Whether the clock can be believed at `now`: without that nothing is freed, expired or stamped automatically.
    pub fn clock_is_believed(&self, now: Timestamp) -> bool {
        self.clock.is_believed(now)
    }
}

impl Standing {
    /// Whether this device decides requests.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Steward(role) if role.issues_tickets())
    }
}
