//! What the documents here say of how the office was used.

use super::Replica;
use super::shelf::Ledger;
use crate::error::Error;
use crate::id::StatementId;
use crate::report::{self, Report, ReportOrder, Source};
use crate::statement::{Document, Signed};
use crate::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

impl Replica {
    /// How the office was used in those months: for stewards, who have all of a document.
    pub fn report(&self, order: ReportOrder) -> Result<Report, Error> {
        self.require_role()?;
        let catalogue = self.catalogue().ok_or(Error::NoCatalogue)?;
        let months: Vec<_> = order.months().collect();
        let years: BTreeSet<i32> = months.iter().map(|month| month.year()).collect();
        let is_asked_for = |document: &Document| match document {
            Document::Ledger(month) => months.contains(month),
            Document::Storage(year) | Document::Till(year) => years.contains(&i32::from(*year)),
            _ => false,
        };
        let ledgers = self.shelf.ledgers.iter();
        let ledgers = ledgers.filter(|(document, _)| is_asked_for(document));
        let sources: Vec<Source<'_>> = ledgers
            .map(|(_, ledger)| Source {
                fold: &ledger.fold,
                recorded: &ledger.pages.recorded,
                confirmed_at: confirmed_at(ledger),
            })
            .collect();
        Ok(report::report(
            order,
            catalogue,
            self.shelf.day_start(),
            &sources,
        ))
    }
}

/// When each confirmation was written down: of several times, as when it was written down again, the first.
fn confirmed_at(ledger: &Ledger) -> BTreeMap<StatementId, CivilMinute> {
    let mut first: BTreeMap<StatementId, CivilMinute> = BTreeMap::new();
    let confirmations = &ledger.fold.resolved().confirmations;
    let envelopes = ledger.pages.envelopes.iter();
    for change in envelopes.flat_map(|envelope| envelope.envelope().changes()) {
        for signed in change
            .statements()
            .filter_map(|bytes| Signed::decode(bytes).ok())
        {
            if confirmations.contains_key(&signed.id()) {
                let minute = first.entry(signed.id()).or_insert(change.minute());
                *minute = change.minute().min(*minute);
            }
        }
    }
    first
}
