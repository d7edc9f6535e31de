//! Who was shown round: what the office reserves for such people is theirs to book. Known to the office's devices, and
//! said of each ticket, so that every decider and the holder's own phone know by the ticket alone.

use super::{Outcome, Replica};
use crate::command::{EventError, Plan, PlannedDate};
use crate::error::Error;
use crate::id::{PublicKey, UnitId};
use crate::model::{Catalogue, Rule};
use crate::resolve::Introduction;
use crate::statement::{Document, Family, Introduce, Retract, Role};
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use std::collections::BTreeMap;

impl Replica {
    /// The last word on a holder, in whatever year.
    fn last_word(&self, holder: &PublicKey) -> Option<Introduction> {
        let ledgers = self.shelf.ledgers.values();
        let said = ledgers.filter_map(|ledger| {
            let people = &ledger.fold.resolved().people;
            people.introductions.get(holder).copied()
        });
        said.max()
    }

    /// When a holder was shown round, if that stands: for stewards.
    pub fn introduction(&self, holder: &PublicKey) -> Result<Option<CivilMinute>, Error> {
        self.require_role()?;
        let last = self.last_word(holder).filter(|last| !last.is_retracted);
        Ok(last.map(|last| last.minute))
    }

    /// Whether this device has a ticket that says so of its own holder.
    pub fn is_introduced(&self, now: Timestamp) -> Result<bool, Error> {
        Ok(self.wallet.is_introduced(self.civil(now)?))
    }

    /// Whether what is issued to a holder now says so. Who shows people round need not be shown.
    pub(super) fn counts_as_introduced(&self, holder: &PublicKey) -> bool {
        let device = self.authority().and_then(|office| office.device(holder));
        let is_staff = device.is_some_and(|device| {
            device.revoked.is_none() && matches!(device.role, Role::Admin | Role::Staff)
        });
        let last = self.last_word(holder);
        is_staff || last.is_some_and(|last| !last.is_retracted)
    }

    pub(super) fn introduce(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
    ) -> Result<Outcome, Error> {
        self.require_staff()?;
        let last = self.last_word(&holder);
        if last.is_none_or(|last| last.is_retracted) {
            let introduce = Introduce {
                holder,
                minute: self.minute_after(now, last)?,
                first: None,
            };
            let document = self.people_of_today(now)?;
            self.decide_that(now, document, introduce)?;
        }
        Ok(Outcome::Done)
    }

    pub(super) fn retract(&mut self, now: Timestamp, holder: PublicKey) -> Result<Outcome, Error> {
        self.require_staff()?;
        let last = self.last_word(&holder).filter(|last| !last.is_retracted);
        let last = last.ok_or(Error::NotIntroduced { holder })?;
        let minute = self.minute_after(now, Some(last))?;
        let document = self.people_of_today(now)?;
        self.decide_that(now, document, Retract { holder, minute })?;
        Ok(Outcome::Done)
    }

    /// A holder who still comes goes on as introduced when the documents of the year before are dropped; what is known
    /// of all others goes with them.
    pub(super) fn say_introduction_again(
        &mut self,
        now: Timestamp,
        holder: &PublicKey,
    ) -> Result<(), Error> {
        let last = self.last_word(holder).filter(|last| !last.is_retracted);
        let Some(last) = last else { return Ok(()) };
        let document = self.people_of_today(now)?;
        let known = self.shelf.ledger(document).and_then(|ledger| {
            let people = &ledger.fold.resolved().people;
            people.introductions.get(holder).copied()
        });
        if known.is_some_and(|known| known >= last) {
            return Ok(());
        }
        let again = Introduce {
            holder: *holder,
            minute: last.minute,
            first: Some(last.id.0),
        };
        self.decide_that(now, document, again).map(drop)
    }

    /// Before documents are dropped: what took back an introduction that was said again since goes on with it.
    pub(super) fn say_retractions_again(
        &mut self,
        now: Timestamp,
        before: OfficeDay,
    ) -> Result<(), Error> {
        let kept = self.shelf.ledgers.iter().filter(|(document, _)| {
            let family = document.family();
            family == Some(Family::People) && !document.ends_before(before)
        });
        let introductions = kept.flat_map(|(_, ledger)| {
            let people = &ledger.fold.resolved().people;
            people.introductions.iter()
        });
        let standing = introductions.filter(|(_, said)| !said.is_retracted);
        let retracted: BTreeMap<PublicKey, CivilMinute> = standing
            .filter_map(|(holder, _)| Some((*holder, self.last_word(holder)?)))
            .filter(|(_, last)| last.is_retracted)
            .map(|(holder, last)| (holder, last.minute))
            .collect();
        let document = self.people_of_today(now)?;
        for (holder, minute) in retracted {
            self.decide_that(now, document, Retract { holder, minute })?;
        }
        Ok(())
    }

    fn people_of_today(&self, now: Timestamp) -> Result<Document, Error> {
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        Ok(Document::People(today.year()))
    }

    /// Now, but after what was said before, whatever clock said it.
    fn minute_after(
        &self,
        now: Timestamp,
        last: Option<Introduction>,
    ) -> Result<CivilMinute, Error> {
        let after = last.map(|last| last.minute.saturating_plus(1));
        Ok(self.civil(now)?.max(after.unwrap_or(CivilMinute::MIN)))
    }

    /// Whether some of what is asked for is for those alone who were shown round.
    pub(super) fn is_reserved(&self, plan: &Plan) -> bool {
        let catalogue = self.catalogue();
        catalogue.is_some_and(|catalogue| reserved_by(catalogue, plan).is_err())
    }

    /// Dates that ask for what is reserved are refused to whoever was not shown round.
    pub(super) fn refuse_reserved(&self, planned: &mut [PlannedDate], introduced: bool) {
        let Some(catalogue) = self.catalogue().filter(|_| !introduced) else {
            return;
        };
        for date in planned {
            let rule = date
                .plan
                .as_ref()
                .ok()
                .map(|plan| reserved_by(catalogue, plan));
            if let Some(Err(rule)) = rule {
                date.plan = Err(rule);
            }
        }
    }

    /// The same for what this device's own holder asks for with an event.
    pub(super) fn require_introduction(&self, now: Timestamp, plan: &Plan) -> Result<(), Error> {
        let entitled = self.is_staff() || self.wallet.is_introduced(self.civil(now)?);
        match self.catalogue().filter(|_| !entitled) {
            Some(catalogue) => Ok(reserved_by(catalogue, plan).map_err(EventError::Rule)?),
            None => Ok(()),
        }
    }

    /// The same for this device's own holder. Where it was so, tickets are sought that come when they have been shown round.
    pub(super) fn refuse_what_is_reserved(
        &mut self,
        now: Timestamp,
        planned: &mut [PlannedDate],
    ) -> Result<(), Error> {
        if self.is_staff() || self.wallet.is_introduced(self.civil(now)?) {
            return Ok(());
        }
        let plans = planned.iter().filter_map(|date| date.plan.as_ref().ok());
        let sought: Vec<Document> = plans
            .filter(|plan| self.is_reserved(plan))
            .map(|plan| plan.document)
            .collect();
        for document in sought {
            self.wallet.seek(document);
        }
        self.refuse_reserved(planned, false);
        Ok(())
    }
}

fn reserved_by(catalogue: &Catalogue, plan: &Plan) -> Result<(), Rule> {
    let wishes = plan.options.iter().flatten();
    let mut units = wishes.map(|wish| -> UnitId { wish.unit });
    units.try_for_each(|unit| catalogue.check_introduction(unit, false))
}
