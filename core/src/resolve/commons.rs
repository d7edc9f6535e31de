//! Suggestions, their support and answers, and notices, in one `commons` document (spec §5.5); and which remarks about
//! things were erased in any other (§5.3). Nothing depends on order:
//! what is said adds up, and of what stands at one place the smallest id counts.

use super::fold::Fold;
use super::state::{Resolved, SlotKey};
use crate::cbor::Writer;
use crate::id::StatementId;
use crate::statement::{
    Answer, Body, Cause, Document, Post, Role, Suggest, Support, Verdict, Verified, Words,
};
use crate::time::{CivilMinute, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// What was said in a commons document; empty in any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commons {
    /// What each slot says. It says one thing: that with the smallest id.
    pub slots: BTreeMap<SlotKey, BTreeSet<StatementId>>,
    /// Suggestions.
    pub suggestions: BTreeMap<StatementId, Suggest>,
    /// Notices.
    pub notices: BTreeMap<StatementId, Post>,
    /// Who supports each suggestion, whether or not that counts.
    pub support: BTreeMap<StatementId, BTreeMap<StatementId, SlotKey>>,
    /// What the office says to suggestions.
    pub answers: BTreeMap<StatementId, Answer>,
    /// Texts that were erased, by what had them, and why; of several statements that with the smallest id.
    pub moderated: BTreeMap<StatementId, (StatementId, Cause)>,
    /// What somebody at the office has read.
    pub reviewed: BTreeSet<StatementId>,
}

/// Why something that was said stands no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gone {
    /// Whoever said it has taken it back.
    TakenBack,
    /// The office has erased its text.
    Erased(Cause),
    /// The slot says something else.
    NotFirst,
}

impl Resolved {
    /// Remarks about things that are to be kept: those that were not erased.
    pub(crate) fn remarks_kept(&self) -> impl Iterator<Item = (StatementId, Words)> + '_ {
        let all = self.remarks.iter();
        let kept = all.filter(|(id, _)| !self.commons.moderated.contains_key(id));
        kept.map(|(id, words)| (*id, *words))
    }

    /// Why what a slot says stands no more; `None` while it does, or when nobody has said it here.
    pub fn gone(&self, key: &SlotKey, id: &StatementId) -> Option<Gone> {
        let said = self.commons.slots.get(key)?;
        // Who was told to be quiet does not say the next thing in its place.
        let erased = said
            .iter()
            .filter_map(|one| self.commons.moderated.get(one));
        if let Some((_, cause)) = erased.min() {
            return Some(Gone::Erased(*cause));
        }
        let slot = self.slots.get(key);
        if slot.is_some_and(|slot| slot.cancelled.is_some()) {
            return Some(Gone::TakenBack);
        }
        (said.first() != Some(id)).then_some(Gone::NotFirst)
    }

    /// The tickets that support a suggestion: each once, and not the one that it was made with.
    pub fn supporters(&self, suggestion: &StatementId) -> BTreeSet<StatementId> {
        let own = self.commons.suggestions.get(suggestion);
        let own = own.map(|suggest| suggest.ticket);
        let said = self.commons.support.get(suggestion).into_iter().flatten();
        let stands = said.filter(|(id, key)| self.gone(key, id).is_none());
        let tickets = stands.map(|(_, key)| key.ticket);
        tickets.filter(|ticket| Some(*ticket) != own).collect()
    }

    /// The office's answers to a suggestion, in the order of when they were said.
    pub fn answers_to(&self, suggestion: &StatementId) -> Vec<(StatementId, &Answer)> {
        let all = self.commons.answers.iter();
        let to = all.filter(|(_, answer)| answer.suggestion == *suggestion);
        let mut to: Vec<(StatementId, &Answer)> = to.map(|(id, answer)| (*id, answer)).collect();
        to.sort_by_key(|(id, answer)| (answer.minute, *id));
        to
    }

    /// What comes of a suggestion, by the latest answer to it.
    pub fn verdict(&self, suggestion: &StatementId) -> Option<Verdict> {
        let answers = self.answers_to(suggestion);
        answers.last().map(|(_, answer)| answer.outcome)
    }

    /// Texts that are to be kept on the office day `today`, each with the day after which nobody wants it: those of
    /// what stands. Without `today` nothing has run out.
    pub(crate) fn commons_texts(&self, today: Option<OfficeDay>) -> Vec<(Words, OfficeDay)> {
        let (commons, mut texts) = (&self.commons, Vec::new());
        for (id, suggest) in &commons.suggestions {
            let key = slot(suggest.ticket, suggest.slot);
            if self.gone(&key, id).is_some() {
                continue;
            }
            texts.push((suggest.text, OfficeDay::MAX));
            let answers = self.answers_to(id).into_iter();
            let kept = answers.filter(|(id, _)| !commons.moderated.contains_key(id));
            let words = kept.filter_map(|(_, answer)| answer.text);
            texts.extend(words.map(|words| (words, OfficeDay::MAX)));
        }
        for (id, post) in &commons.notices {
            let key = slot(post.ticket, post.slot);
            if self.gone(&key, id).is_none() && today.is_none_or(|today| today <= post.last) {
                texts.push((post.text, post.last));
            }
        }
        texts
    }
}

/// A slot of a ticket.
pub(super) const fn slot(ticket: StatementId, slot: u8) -> SlotKey {
    SlotKey { ticket, slot }
}

impl Commons {
    /// Nothing at all while there is nothing of the kind.
    pub(super) fn digest_into(&self, out: &mut Writer) {
        for (key, said) in &self.slots {
            out.array(9).bytes(&key.ticket.0).uint(u64::from(key.slot));
            said.iter().for_each(|id| {
                out.bytes(&id.0);
            });
        }
        for id in self.answers.keys() {
            out.array(10).bytes(&id.0);
        }
        for (of, (id, _)) in &self.moderated {
            out.array(11).bytes(&of.0).bytes(&id.0);
        }
        for id in &self.reviewed {
            out.array(12).bytes(&id.0);
        }
    }
}

/// What a statement of a commons document builds on; of any other, what it says of people.
pub(super) fn named(body: &Body) -> Vec<StatementId> {
    match body {
        Body::Suggest(suggest) => vec![suggest.ticket],
        Body::Post(post) => vec![post.ticket],
        Body::Support(support) => vec![support.ticket, support.suggestion],
        Body::Answer(answer) => vec![answer.suggestion],
        Body::Moderate(moderate) => vec![moderate.of],
        Body::Review(review) => vec![review.of],
        other => super::people::named(other),
    }
}

impl Fold {
    /// Whether that was said in the year that this document is of: a claim elsewhere would outlive it.
    fn is_of_this_year(&self, claimed: CivilMinute) -> bool {
        let day = OfficeDay::of(claimed, self.authority.day_start());
        self.document == Document::Commons(day.year())
    }

    fn say_in(&mut self, key: SlotKey, id: StatementId) {
        self.progress.said.entry(key.ticket).or_default().push(id);
        self.progress.slot(key);
        let slots = &mut self.progress.resolved.commons.slots;
        slots.entry(key).or_default().insert(id);
    }

    pub(super) fn suggest(&mut self, id: StatementId, key: SlotKey, suggest: &Suggest) {
        if self.is_of_this_year(suggest.claimed) {
            self.say_in(key, id);
            let commons = &mut self.progress.resolved.commons;
            commons.suggestions.insert(id, suggest.clone());
        }
    }

    pub(super) fn support(&mut self, id: StatementId, key: SlotKey, support: &Support) {
        self.say_in(key, id);
        let commons = &mut self.progress.resolved.commons;
        let of = commons.support.entry(support.suggestion).or_default();
        of.insert(id, key);
    }

    pub(super) fn post(&mut self, id: StatementId, key: SlotKey, post: &Post) {
        if self.is_of_this_year(post.claimed) {
            self.say_in(key, id);
            let commons = &mut self.progress.resolved.commons;
            commons.notices.insert(id, post.clone());
        }
    }

    /// What the office says in a commons document. `cut`: it is void because its author was revoked before it.
    pub(super) fn judge_commons(&mut self, statement: &Verified, cut: bool) {
        let role = self.authority.device(&statement.signer()).map(|d| d.role);
        if cut || !role.is_some_and(Role::states_facts) {
            return;
        }
        let (id, resolved) = (statement.id(), &mut self.progress.resolved);
        let (commons, remarks) = (&mut resolved.commons, &resolved.remarks);
        match statement.body() {
            Body::Answer(answer) if commons.suggestions.contains_key(&answer.suggestion) => {
                commons.answers.insert(id, answer.clone());
            }
            Body::Moderate(moderate)
                if commons.has_text(&moderate.of) || remarks.contains_key(&moderate.of) =>
            {
                let this = (id, moderate.cause);
                let of = commons.moderated.entry(moderate.of).or_insert(this);
                *of = this.min(*of);
            }
            Body::Review(review) if commons.has_text(&review.of) => {
                commons.reviewed.insert(review.of);
            }
            _ => {}
        }
    }
}

impl Commons {
    fn has_text(&self, id: &StatementId) -> bool {
        self.suggestions.contains_key(id)
            || self.notices.contains_key(id)
            || self.answers.contains_key(id)
    }
}
