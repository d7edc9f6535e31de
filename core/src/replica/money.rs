//! What staff do at a till.

mod prices;

pub(super) use prices::{Now, priced, require_lines, total_of};

use super::{Outcome, Replica};
use crate::command::{AccountError, AtTill, Item, MoneyError};
use crate::error::Error;
use crate::id::StatementId;
use crate::model::LineKind;
use crate::money::{Ore, Sum};
use crate::resolve::{Books, Counted, Fold, SlotKey};
use crate::statement::{
    About, Cause, Charge, Deposit, Document, Entry, Means, PaidOut, Part, Pay, Posting, Settle,
};
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use prices::require_kind;

impl Replica {
    pub(super) fn at_till(&mut self, now: Timestamp, act: AtTill) -> Result<Outcome, Error> {
        self.require_facts()?;
        match act {
            AtTill::Sell { items, means } => self.sell(now, &items, means),
            AtTill::Charge { key, items } => {
                let here = self.till_now(now)?;
                let about = self.about(&key)?;
                let charges = priced(&here, &items, Some(about))?;
                let mut ids = Vec::new();
                for charge in charges {
                    ids.push(self.decide_that(now, here.document, charge)?);
                }
                Ok(Outcome::Charged(ids))
            }
            AtTill::Pay { charges, means } => self.pay(now, &charges, means),
            AtTill::TakeDeposit { item, key, means } => self.take_deposit(now, item, key, means),
            AtTill::PayOut {
                deposit,
                amount,
                means,
            } => self.pay_out(now, deposit, amount, means),
            AtTill::Forfeit {
                deposit,
                amount,
                cause,
            } => {
                let document = self.require_keeper_of_deposit(&deposit)?;
                let left = self.left_of(document, &deposit);
                if amount <= Ore::ZERO || amount > left {
                    return Err(MoneyError::NotHeld {
                        asked: amount,
                        left,
                    }
                    .into());
                }
                let settle = Settle {
                    deposit,
                    returned: Ore::ZERO,
                    forfeited: amount,
                    cause,
                    paid_out: None,
                };
                self.decide_that(now, document, settle)?;
                Ok(Outcome::Done)
            }
            AtTill::Correct {
                charge,
                amount,
                cause,
            } => self.correct(now, charge, amount, cause),
            AtTill::OnAccount(act) => self.on_account(now, act),
            AtTill::Count { counted } => self.count_cash(now, counted),
            AtTill::MoveCash { change } => {
                let (document, minute) = self.till_document(now)?;
                let entry = Entry {
                    posting: Posting::Float { change },
                    minute,
                    cause: None,
                };
                self.decide_that(now, document, entry)?;
                Ok(Outcome::Done)
            }
        }
    }

    /// The till document of today.
    pub(super) fn till_document(&self, now: Timestamp) -> Result<(Document, CivilMinute), Error> {
        let minute = self.civil(now)?;
        let day = OfficeDay::of(minute, self.shelf.day_start());
        Ok((Document::Till(day.year()), minute))
    }

    pub(super) fn till_now(&self, now: Timestamp) -> Result<Now, Error> {
        let (document, minute) = self.till_document(now)?;
        let (version, catalogue) = self.shelf.catalogue().ok_or(Error::NoCatalogue)?;
        let tariff = catalogue.tariff().ok_or(MoneyError::NoTariff)?;
        Ok(Now {
            minute,
            day: OfficeDay::of(minute, self.shelf.day_start()),
            document,
            tariff: tariff.clone(),
            catalogue: *version,
        })
    }

    /// The confirmation of a booking that stands: nothing else is charged.
    fn about(&self, key: &SlotKey) -> Result<About, Error> {
        let (document, ledger) = self.find_slot(key)?;
        let resolved = ledger.fold.resolved();
        let last = resolved.slots.get(key).and_then(|slot| slot.last());
        let standing = last.filter(|last| {
            let confirmation = resolved.confirmations.get(last);
            confirmation.is_some_and(|confirmation| confirmation.state.stands())
        });
        let confirm = standing.ok_or(Error::NotConfirmed { key: *key })?;
        Ok(About { document, confirm })
    }

    /// Nothing is signed before all of it can be.
    fn sell(&mut self, now: Timestamp, items: &[Item], means: Means) -> Result<Outcome, Error> {
        require_by_hand(means)?;
        let here = self.till_now(now)?;
        let charges = priced(&here, items, None)?;
        total_of(&charges)?;
        let parts = self.charge_all(now, here.document, charges)?;
        self.take_payment(now, here.document, parts, means)
    }

    /// Signs charges, and gives what is to be paid of them.
    pub(super) fn charge_all(
        &mut self,
        now: Timestamp,
        document: Document,
        charges: Vec<Charge>,
    ) -> Result<Vec<Part>, Error> {
        let mut parts = Vec::new();
        for charge in charges {
            let amount = charge.amount;
            let of = self.decide_that(now, document, charge)?;
            parts.push(Part { of, amount });
        }
        parts.retain(|part| part.amount > Ore::ZERO);
        parts.sort_unstable();
        Ok(parts)
    }

    fn pay(
        &mut self,
        now: Timestamp,
        charges: &[StatementId],
        means: Means,
    ) -> Result<Outcome, Error> {
        require_by_hand(means)?;
        let (document, parts) = self.owed_parts(charges)?;
        self.take_payment(now, document, parts, means)
    }

    fn take_payment(
        &mut self,
        now: Timestamp,
        document: Document,
        parts: Vec<Part>,
        means: Means,
    ) -> Result<Outcome, Error> {
        let minute = self.civil(now)?;
        let pay = Pay {
            parts,
            means,
            minute,
        };
        let entry = self.decide_that(now, document, pay)?;
        self.receipt_of(entry)
    }

    /// All that is owed for charges of one year.
    pub(super) fn owed_parts(
        &self,
        charges: &[StatementId],
    ) -> Result<(Document, Vec<Part>), Error> {
        let mut charges = charges.to_vec();
        charges.sort_unstable();
        charges.dedup();
        require_lines(charges.len())?;
        let mut parts = Vec::new();
        let mut document = None;
        for of in charges {
            let (found, fold) = self.charge_of(&of)?;
            if document.is_some_and(|document| document != found) {
                return Err(MoneyError::SeveralYears.into());
            }
            document = Some(found);
            let owed = fold.resolved().books.owed(&of);
            if !owed.is_positive() {
                return Err(MoneyError::NothingOwed { charge: of }.into());
            }
            let amount = owed.ore().map_err(MoneyError::from)?;
            parts.push(Part { of, amount });
        }
        let total: Sum = parts.iter().map(|part| part.amount).sum();
        total.ore().map_err(MoneyError::from)?;
        let document = document.ok_or(MoneyError::Lines { got: 0 })?;
        Ok((document, parts))
    }

    fn take_deposit(
        &mut self,
        now: Timestamp,
        item: Item,
        key: Option<SlotKey>,
        means: Means,
    ) -> Result<Outcome, Error> {
        require_by_hand(means)?;
        let here = self.till_now(now)?;
        let about = key.map(|key| self.about(&key)).transpose()?;
        require_kind(&here.tariff, item.line, LineKind::Deposit)?;
        let amount = here
            .tariff
            .price(item.line, item.quantity, item.reduction, here.day);
        let amount = amount.map_err(MoneyError::from)?;
        if amount == Ore::ZERO {
            return Err(MoneyError::NothingToPay.into());
        }
        let deposit = Deposit {
            line: item.line,
            amount,
            means,
            catalogue: here.catalogue,
            minute: here.minute,
            about,
        };
        let entry = self.decide_that(now, here.document, deposit)?;
        self.receipt_of(entry)
    }

    fn pay_out(
        &mut self,
        now: Timestamp,
        deposit: StatementId,
        amount: Option<Ore>,
        means: Means,
    ) -> Result<Outcome, Error> {
        require_by_hand(means)?;
        let (document, _) = self.deposit_of(&deposit)?;
        let left = self.left_of(document, &deposit);
        let amount = amount.unwrap_or(left);
        if amount <= Ore::ZERO || amount > left {
            return Err(MoneyError::NotHeld {
                asked: amount,
                left,
            }
            .into());
        }
        let minute = self.civil(now)?;
        let paid_out = PaidOut {
            deposit,
            amount,
            means,
            minute,
        };
        let entry = self.decide_that(now, document, paid_out)?;
        self.receipt_of(entry)
    }

    fn correct(
        &mut self,
        now: Timestamp,
        charge: StatementId,
        after: Ore,
        cause: Option<Cause>,
    ) -> Result<Outcome, Error> {
        let (document, fold) = self.charge_of(&charge)?;
        self.require_keeper(charge, fold.keeper_of_charge(&charge))?;
        let books = &fold.resolved().books;
        let charged = books.charges.get(&charge);
        let before = charged.map(|charged| charged.amount).unwrap_or_default();
        let change = after.less(before).map_err(MoneyError::from)?;
        if after < Ore::ZERO || change == Ore::ZERO {
            return Err(MoneyError::NoCorrection { before, after }.into());
        }
        let returned = given_back(books, &charge, after);
        let posting = Posting::Correction {
            of: charge,
            change,
            returned,
        };
        let minute = self.civil(now)?;
        let entry = self.decide_that(
            now,
            document,
            Entry {
                posting,
                minute,
                cause,
            },
        )?;
        self.receipt_of(entry)
    }

    fn count_cash(&mut self, now: Timestamp, counted: Ore) -> Result<Outcome, Error> {
        if counted < Ore::ZERO {
            return Err(MoneyError::BadCount { asked: counted }.into());
        }
        let expected = self.cash_of(&self.key.public());
        let expected = expected.ore().map_err(MoneyError::from)?;
        let (document, minute) = self.till_document(now)?;
        let posting = Posting::Count { counted, expected };
        let entry = Entry {
            posting,
            minute,
            cause: None,
        };
        let entry = self.decide_that(now, document, entry)?;
        Ok(Outcome::Counted(Counted {
            entry,
            minute,
            counted,
            expected,
        }))
    }

    fn find_till(&self, has: impl Fn(&Books) -> bool) -> Option<(Document, &Fold)> {
        let ledgers = self.shelf.ledgers.iter();
        let mut tills = ledgers.filter(|(document, _)| document.is_internal());
        let found = tills.find(|(_, ledger)| has(&ledger.fold.resolved().books));
        found.map(|(document, ledger)| (*document, &ledger.fold))
    }

    fn charge_of(&self, charge: &StatementId) -> Result<(Document, &Fold), Error> {
        let found = self.find_till(|books| books.charges.contains_key(charge));
        Ok(found.ok_or(MoneyError::NoSuchCharge { charge: *charge })?)
    }

    fn deposit_of(&self, deposit: &StatementId) -> Result<(Document, &Fold), Error> {
        let found = self.find_till(|books| books.deposits.contains_key(deposit));
        Ok(found.ok_or(MoneyError::NoSuchDeposit { deposit: *deposit })?)
    }

    fn require_keeper_of_deposit(&self, deposit: &StatementId) -> Result<Document, Error> {
        let (document, fold) = self.deposit_of(deposit)?;
        self.require_keeper(*deposit, fold.keeper_of_deposit(deposit))?;
        Ok(document)
    }

    pub(super) fn require_keeper(
        &self,
        entry: StatementId,
        keeper: Option<crate::id::PublicKey>,
    ) -> Result<(), Error> {
        match keeper.filter(|keeper| *keeper != self.key.public()) {
            Some(keeper) => Err(MoneyError::NotKeeper { entry, keeper }.into()),
            None => Ok(()),
        }
    }

    /// What is held of a deposit, less what left tills and is not settled yet.
    fn left_of(&self, document: Document, deposit: &StatementId) -> Ore {
        let ledger = self.shelf.ledger(document);
        let books = ledger.map(|ledger| &ledger.fold.resolved().books);
        let left = books.map(|books| {
            let left = Sum::from(books.held(deposit)).less(books.unsettled(deposit));
            left.ore().unwrap_or_default()
        });
        left.unwrap_or_default().max(Ore::ZERO)
    }

    pub(super) fn receipt_of(&self, entry: StatementId) -> Result<Outcome, Error> {
        let receipt = self.receipt(&entry)?;
        Ok(receipt.map_or(Outcome::Done, |receipt| Outcome::Receipt(Box::new(receipt))))
    }
}

/// What passes from hand to hand; of an account it has to be said which.
pub(super) fn require_by_hand(means: Means) -> Result<(), Error> {
    if means == Means::Account {
        return Err(AccountError::Which.into());
    }
    Ok(())
}

/// What of a charge's payments is given back when it comes to `after`.
fn given_back(books: &Books, charge: &StatementId, after: Ore) -> Vec<Part> {
    let mut over = books.paid(charge).without(after);
    let mut returned = Vec::new();
    for (id, payment) in &books.payments {
        let kept = payment.kept_for(charge);
        if !over.is_positive() || returned.len() == crate::limits::MAX_PARTS {
            break;
        }
        let amount = over.ore().map_or(kept, |over| over.min(kept));
        if amount > Ore::ZERO {
            over = over.without(amount);
            returned.push(Part { of: *id, amount });
        }
    }
    returned
}
