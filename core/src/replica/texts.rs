//! Texts of events, suggestions and notices, and remarks about things: beside the documents, which have only their hash and length, so that they can be erased.

use super::{Replica, Standing};
use crate::id::Digest;
use crate::limits::{MAX_EVENT_TEXT, MAX_WAITING_TEXTS};
use crate::statement::Cause;
use crate::store::Operation;
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The texts that this device has.
#[derive(Debug, Default)]
pub(super) struct Texts {
    kept: BTreeMap<Digest, Arc<[u8]>>,
    /// Came before what they belong to, in the order in which they came.
    waiting: Vec<(Digest, Arc<[u8]>)>,
}

/// What is known of a text that belongs to something.
struct Belongs {
    length: u16,
    /// When what it belongs to is over.
    last: CivilMinute,
    /// Whether it is for the office's devices alone.
    internal: bool,
}

impl Belongs {
    /// What anybody may have until what it belongs to is over.
    fn until(last: CivilMinute, length: u16) -> Self {
        let internal = false;
        Self {
            length,
            last,
            internal,
        }
    }
}

impl Replica {
    /// The text of that hash, if it is here.
    pub(super) fn text(&self, hash: &Digest) -> Option<&Arc<[u8]>> {
        self.texts.kept.get(hash)
    }

    /// The texts that others may lack, of what is not over, the soonest first.
    pub(super) fn texts_kept(&self, now: CivilMinute) -> Vec<Digest> {
        if self.texts.kept.is_empty() {
            return Vec::new();
        }
        let wanted = self.texts_wanted(Some(now));
        let here = |hash: &Digest| self.texts.kept.contains_key(hash);
        let ahead = wanted
            .iter()
            .filter(|(hash, text)| here(hash) && text.last > now && !text.internal);
        let mut ahead: Vec<(CivilMinute, Digest)> =
            ahead.map(|(hash, text)| (text.last, *hash)).collect();
        ahead.sort_unstable();
        ahead.into_iter().map(|(_, hash)| hash).collect()
    }

    /// The remarks that other devices of the office may lack, the newest document's first.
    pub(super) fn remarks_kept(&self) -> Vec<Digest> {
        if !self.keeps_remarks() {
            return Vec::new();
        }
        let ledgers = self.shelf.ledgers.values().rev();
        let remarks = ledgers.flat_map(|ledger| ledger.fold.resolved().remarks_kept());
        let hashes = remarks.map(|(_, words)| words.hash);
        hashes
            .filter(|hash| self.texts.kept.contains_key(hash))
            .collect()
    }

    /// Whether remarks are for this device: one of the office's, or what is being made one from an archive.
    pub(super) fn keeps_remarks(&self) -> bool {
        let mut documents = self.shelf.ledgers.keys();
        self.standing() != Standing::Visitor || documents.any(|document| document.is_internal())
    }

    /// Every text that belongs to something in a document, for whoever takes the whole office.
    pub(crate) fn texts_of_documents(&self) -> Vec<Vec<u8>> {
        let drafts: Vec<Digest> = self.wallet.texts().map(|(hash, _)| hash).collect();
        let kept = self.texts.kept.iter();
        let said = kept.filter(|(hash, _)| !drafts.contains(hash));
        said.map(|(_, bytes)| bytes.to_vec()).collect()
    }

    /// Texts that belong to something here and are to be looked up in the store.
    pub(crate) fn texts_lacking(&self) -> Vec<Digest> {
        let wanted = self.texts_wanted(None);
        let known = |hash: &Digest| self.texts.kept.contains_key(hash);
        wanted.into_keys().filter(|hash| !known(hash)).collect()
    }

    /// Puts back a text that the store had.
    pub(crate) fn put_text(&mut self, hash: Digest, bytes: &[u8]) {
        self.texts.kept.insert(hash, bytes.into());
    }

    /// Takes a text in. It is kept once something here names it.
    pub(super) fn take_text(&mut self, bytes: &[u8]) -> Digest {
        let hash = Digest(sha2::Sha256::digest(bytes).into());
        let is_known = self.texts.kept.contains_key(&hash)
            || self.texts.waiting.iter().any(|(known, _)| *known == hash);
        if bytes.len() > MAX_EVENT_TEXT.into() || is_known {
            return hash;
        }
        if self.texts.waiting.len() >= MAX_WAITING_TEXTS {
            self.texts.waiting.remove(0);
        }
        self.texts.waiting.push((hash, bytes.into()));
        hash
    }

    /// Keeps what belongs to something now, and erases what no longer does.
    pub(super) fn sort_texts(&mut self, now: Timestamp) {
        if self.texts.kept.is_empty() && self.texts.waiting.is_empty() {
            return;
        }
        let wanted = self.texts_wanted(self.civil(now).ok());
        let gone: Vec<Digest> = self.texts.kept.keys().copied().collect();
        for hash in gone.into_iter().filter(|hash| !wanted.contains_key(hash)) {
            self.texts.kept.remove(&hash);
            self.effects.batch.push(Operation::RemoveBlob { hash });
            self.effects.changed = true;
        }
        for (hash, bytes) in std::mem::take(&mut self.texts.waiting) {
            let belongs = wanted.get(&hash);
            if belongs.is_some_and(|text| usize::from(text.length) == bytes.len()) {
                self.keep_blob(&bytes);
                self.effects.changed = true;
                self.texts.kept.insert(hash, bytes);
            } else {
                self.texts.waiting.push((hash, bytes));
            }
        }
    }

    /// What texts belong to: what is known and stands, unless the text was erased, and this device's own drafts. Without
    /// `now` no notice is over.
    fn texts_wanted(&self, now: Option<CivilMinute>) -> BTreeMap<Digest, Belongs> {
        let mut wanted = BTreeMap::new();
        let day_start = self.shelf.day_start();
        let today = now.map(|now| OfficeDay::of(now, day_start));
        let keeps_remarks = self.keeps_remarks();
        for ledger in self.shelf.ledgers.values() {
            for event in ledger.fold.resolved().events.values() {
                if matches!(event.off, Some((_, Cause::Guidelines))) {
                    continue;
                }
                let mut latest = CivilMinute::MIN;
                for propose in event.proposals.values() {
                    let last = propose.dates.last().map(|date| date.end());
                    let last = last.unwrap_or(CivilMinute::MIN);
                    wanted.insert(propose.text, Belongs::until(last, propose.length));
                    latest = latest.max(last);
                }
                for edit in event.edits.values() {
                    wanted.insert(edit.patch, Belongs::until(latest, edit.length));
                }
            }
            for (words, day) in ledger.fold.resolved().commons_texts(today) {
                let last = day.interval(day_start).end();
                wanted.insert(words.hash, Belongs::until(last, words.length));
            }
            let remarks = ledger.fold.resolved().remarks_kept();
            for (_, words) in remarks.filter(|_| keeps_remarks) {
                let (length, last, internal) = (words.length, CivilMinute::MAX, true);
                let remark = Belongs {
                    length,
                    last,
                    internal,
                };
                wanted.entry(words.hash).or_insert(remark);
            }
        }
        for (hash, length) in self.wallet.texts() {
            let draft = Belongs::until(CivilMinute::MAX, length);
            wanted.entry(hash).or_insert(draft);
        }
        wanted
    }
}
