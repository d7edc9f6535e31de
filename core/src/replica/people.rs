//! What the office knows of people, by their pseudonyms: who may not book for a time.

use super::{Outcome, Replica};
use crate::command::Note;
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::limits::MAX_SUSPENSION_DAYS;
use crate::model::Moment;
use crate::resolve::{SlotKey, Suspension};
use crate::statement::{Amend, Amendment, Cause, Decline, Document, Ground, Role, Suspend};
use crate::time::{OfficeDay, Timestamp};

/// What a suspended person is told, on their own device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnSuspension {
    /// The last day.
    pub until: OfficeDay,
    /// Why.
    pub ground: Ground,
}

impl Replica {
    fn today(&self, now: Timestamp) -> Result<OfficeDay, Error> {
        Ok(OfficeDay::of(self.civil(now)?, self.shelf.day_start()))
    }

    fn all_suspensions(&self) -> impl Iterator<Item = (StatementId, &Suspension)> {
        let ledgers = self.shelf.ledgers.values();
        let people = ledgers.map(|ledger| &ledger.fold.resolved().people.suspensions);
        people.flatten().map(|(id, suspension)| (*id, suspension))
    }

    /// The suspension of a holder that stands; of several the one that lasts longest.
    pub(super) fn suspended(
        &self,
        now: Timestamp,
        holder: &PublicKey,
    ) -> Result<Option<Suspension>, Error> {
        let longest = self.longest(self.today(now)?, holder);
        Ok(longest.map(|(_, one)| one.clone()))
    }

    fn longest(&self, today: OfficeDay, holder: &PublicKey) -> Option<(StatementId, &Suspension)> {
        let all = self.all_suspensions();
        let standing = all.filter(|(_, one)| one.holder == *holder && one.stands_on(today));
        standing.max_by_key(|(id, one)| (one.until, *id))
    }

    /// The `Suspend` that stands against a holder; of several the one that lasts longest.
    pub(super) fn suspending(&self, now: Timestamp, holder: &PublicKey) -> Option<StatementId> {
        let longest = self.longest(self.today(now).ok()?, holder);
        longest.map(|(id, _)| id)
    }

    /// The suspension of whoever has a ticket, where this device knows whose it is.
    pub(super) fn suspended_on(&self, moment: Moment, key: &SlotKey) -> Option<Suspension> {
        let holder = self.desk.holder_of(&key.ticket)?;
        let today = OfficeDay::of(moment.now, moment.day_start);
        let all = self.all_suspensions().map(|(_, one)| one);
        let standing = all.filter(|one| one.holder == holder && one.stands_on(today));
        standing.max_by_key(|one| one.until).cloned()
    }

    /// Suspensions that are not over, by their last day: for stewards. The office keeps no list of what is over.
    pub fn suspensions(&self, now: Timestamp) -> Result<Vec<(StatementId, Suspension)>, Error> {
        self.require_role()?;
        let today = self.today(now)?;
        let all = self.all_suspensions();
        let open = all.filter(|(_, one)| !one.is_lifted && today <= one.until);
        let mut open: Vec<_> = open.map(|(id, one)| (id, one.clone())).collect();
        open.sort_by_key(|(id, one)| (one.until, *id));
        Ok(open)
    }

    /// The pseudonym of whoever has a booking; `None` where another device issued its ticket, and for what was booked at
    /// the desk.
    pub fn holder_of(&self, key: &SlotKey) -> Result<Option<PublicKey>, Error> {
        self.require_role()?;
        Ok(self.desk.holder_of(&key.ticket))
    }

    /// What this device was told: that its holder may not book for a time. Whoever has been given a ticket since may.
    pub fn own_suspension(&self, now: Timestamp) -> Result<Option<OwnSuspension>, Error> {
        let today = self.today(now)?;
        let mut told = self.wallet.told_suspended();
        for (booking, _) in self.wallet.bookings() {
            let Some(pen) = self.wallet.pen(booking, &self.key) else {
                continue;
            };
            let Some(ledger) = self.shelf.ledger(pen.document) else {
                continue;
            };
            let resolved = ledger.fold.resolved();
            let slot = resolved.slots.get(&pen.slot);
            for record in slot.into_iter().flat_map(|slot| slot.versions.values()) {
                let note = resolved.notes.get(&record.id);
                let note =
                    note.and_then(|note| Note::open(self.office, &record.id, &pen.key, note));
                if let Some(Note::Suspended {
                    until,
                    ground,
                    minute,
                }) = note
                {
                    told = told.max(Some((minute, until, ground)));
                }
            }
        }
        let Some((minute, until, ground)) = told.filter(|(_, until, _)| today <= *until) else {
            return Ok(None);
        };
        let since = self.shelf.ledgers.values().any(|ledger| {
            let tickets = &ledger.fold.resolved().tickets;
            let mut own = self
                .wallet
                .tickets()
                .filter_map(|ticket| tickets.get(&ticket));
            own.any(|record| record.ticket.stamp > minute)
        });
        Ok((!since).then_some(OwnSuspension { until, ground }))
    }

    /// A refusal, with what only whoever asked can read. There is always something: who looks on cannot tell whether it
    /// says anything.
    pub(super) fn refusal(
        &self,
        document: Document,
        request: StatementId,
        cause: Cause,
        note: Note,
    ) -> Decline {
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let asked = fold.and_then(|fold| fold.statements().get(&request));
        let seed = self.key.derive("note", 0).to_seed();
        let note = asked.and_then(|asked| note.seal(self.office, &request, &asked.signer(), &seed));
        Decline {
            request,
            cause,
            note,
        }
    }

    pub(super) fn require_staff(&self) -> Result<(), Error> {
        match self.require_role()? {
            Role::Admin | Role::Staff => Ok(()),
            role => Err(Error::StaffOnly { role }),
        }
    }

    /// Nobody is suspended for ever, nor for longer than a year.
    pub(super) fn suspend(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
        until: OfficeDay,
        ground: Ground,
    ) -> Result<Outcome, Error> {
        self.require_staff()?;
        let from = self.today(now)?;
        let days = i64::from(until.get()).saturating_sub(i64::from(from.get()));
        if !(0..i64::from(MAX_SUSPENSION_DAYS)).contains(&days) {
            return Err(Error::NoSuspension { from, until });
        }
        let suspend = Suspend {
            holder,
            from,
            until,
            ground,
            minute: self.civil(now)?,
        };
        let document = Document::People(from.year());
        let id = self.decide_that(now, document, suspend)?;
        self.decide_all(now)?;
        Ok(Outcome::Suspended(id))
    }

    /// Notes that somebody has appealed, or takes a suspension back.
    pub(super) fn amend_suspension(
        &mut self,
        now: Timestamp,
        suspend: StatementId,
        amendment: Amendment,
    ) -> Result<Outcome, Error> {
        self.require_staff()?;
        let ledgers = self.shelf.ledgers.iter();
        let mut known = ledgers.filter(|(_, ledger)| {
            let people = &ledger.fold.resolved().people;
            people.suspensions.contains_key(&suspend)
        });
        let document = known.next().map(|(document, _)| *document);
        let document = document.ok_or(Error::NotSuspended { suspend })?;
        let amend = Amend {
            suspend,
            amendment,
            minute: self.civil(now)?,
        };
        self.decide_that(now, document, amend)?;
        Ok(Outcome::Done)
    }
}
