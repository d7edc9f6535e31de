//! Commons documents, the slow way: every question goes through all statements again (spec §5.5).

use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, Cause, Document, Role, Verdict, Verified};
use allkontor_core::time::{DayStart, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// What was signed in one commons document, and who the office's devices are.
#[derive(Debug)]
pub struct Commons<'a> {
    /// Every statement of the document.
    pub heap: &'a [Verified],
    /// Devices ever certified.
    pub roles: BTreeMap<PublicKey, Role>,
    /// For each revoked device the last number of its chain that counts; none of them without.
    pub cuts: BTreeMap<PublicKey, Option<u32>>,
    /// The document.
    pub document: Document,
}

type Slot = (StatementId, u8);

impl Commons<'_> {
    fn find(&self, id: StatementId) -> Option<&Verified> {
        self.heap.iter().find(|one| one.id() == id)
    }

    /// The slot of something that was said by whoever may, in its year.
    fn slot(&self, one: &Verified) -> Option<Slot> {
        let (ticket, slot, claimed) = match one.body() {
            Body::Suggest(b) => (b.ticket, b.slot, Some(b.claimed)),
            Body::Post(b) => (b.ticket, b.slot, Some(b.claimed)),
            Body::Support(b) => {
                self.find(b.suggestion)?;
                (b.ticket, b.slot, None)
            }
            Body::Cancel(b) => (b.ticket, b.slot, None),
            _ => return None,
        };
        let issued = self.find(ticket)?;
        let Body::Ticket(body) = issued.body() else {
            return None;
        };
        let signer = self.roles.get(&issued.signer());
        let in_year = claimed.is_none_or(|at| {
            let day = OfficeDay::of(at, DayStart::default());
            Document::Commons(day.year()) == self.document
        });
        let good = signer.is_some_and(|role| role.issues_tickets());
        let spoken = body.key == one.signer() && slot < body.slots;
        (good && spoken && in_year).then_some((ticket, slot))
    }

    fn said(&self, slot: Slot) -> BTreeSet<StatementId> {
        let mut ids = BTreeSet::new();
        for one in self.heap {
            if !matches!(one.body(), Body::Cancel(_)) && self.slot(one) == Some(slot) {
                ids.insert(one.id());
            }
        }
        ids
    }

    fn counts(&self, one: &Verified) -> bool {
        let role = self.roles.get(&one.signer());
        let cut = self.cuts.get(&one.signer());
        let seq = one.header().link.map(|link| link.seq);
        let before = cut.is_none_or(|last| last.is_some_and(|last| seq <= Some(last)));
        before && role.is_some_and(|role| role.states_facts())
    }

    /// Why a text was erased.
    pub fn erased(&self, of: StatementId) -> Option<Cause> {
        let mut first: Option<(StatementId, Cause)> = None;
        for one in self.heap.iter().filter(|one| self.counts(one)) {
            let Body::Moderate(moderate) = one.body() else {
                continue;
            };
            let this = (one.id(), moderate.cause);
            if moderate.of == of && first.is_none_or(|first| this < first) {
                first = Some(this);
            }
        }
        first.map(|(_, cause)| cause)
    }

    /// Whether what was said stands.
    pub fn stands(&self, id: StatementId) -> bool {
        let slot = self.find(id).and_then(|one| self.slot(one));
        let Some(slot) = slot else { return false };
        let said = self.said(slot);
        let cancelled = self
            .heap
            .iter()
            .any(|one| matches!(one.body(), Body::Cancel(_)) && self.slot(one) == Some(slot));
        let erased = said.iter().any(|one| self.erased(*one).is_some());
        said.first() == Some(&id) && !cancelled && !erased
    }

    /// How many support a suggestion: each ticket once.
    pub fn support(&self, suggestion: StatementId) -> usize {
        let own = self.find(suggestion).map(|one| match one.body() {
            Body::Suggest(b) => b.ticket,
            other => panic!("{other:?} is no suggestion"),
        });
        let mut tickets = BTreeSet::new();
        for one in self.heap {
            if let Body::Support(b) = one.body()
                && b.suggestion == suggestion
                && self.stands(one.id())
                && Some(b.ticket) != own
            {
                tickets.insert(b.ticket);
            }
        }
        tickets.len()
    }

    /// What comes of a suggestion.
    pub fn verdict(&self, suggestion: StatementId) -> Option<Verdict> {
        let mut latest = None;
        for one in self.heap.iter().filter(|one| self.counts(one)) {
            if let Body::Answer(b) = one.body()
                && b.suggestion == suggestion
            {
                latest = latest.max(Some((b.minute, one.id(), b.outcome)));
            }
        }
        latest.map(|(_, _, outcome)| outcome)
    }

    /// Hashes of the texts that a device keeps on a day.
    pub fn texts(&self, today: OfficeDay) -> BTreeSet<[u8; 32]> {
        let mut kept = BTreeSet::new();
        for one in self.heap {
            match one.body() {
                Body::Suggest(b) if self.stands(one.id()) => drop(kept.insert(b.text.hash.0)),
                Body::Post(b) if self.stands(one.id()) && today <= b.last => {
                    kept.insert(b.text.hash.0);
                }
                Body::Answer(b) if self.counts(one) && self.erased(one.id()).is_none() => {
                    let words = b.text.filter(|_| self.stands(b.suggestion));
                    kept.extend(words.map(|words| words.hash.0));
                }
                _ => {}
            }
        }
        kept
    }
}
