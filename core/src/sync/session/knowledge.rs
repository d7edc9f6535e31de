use super::super::Vector;
use super::super::memory::Known;
use super::super::wire::{EMPTY, Have, Listed};
use super::Heard;
use crate::id::Digest;

/// What is known of the peer's copy of one document: hints about what to send, no more.
#[derive(Debug, Default, Clone)]
pub(super) struct Shared {
    listed: bool,
    wanted: bool,
    /// The digest it told last, [`EMPTY`] for no changes.
    pub(super) digest: Option<Digest>,
    /// Changes it said it has.
    pub(super) told: Vector,
    /// Whether `told` is all it had, as of `digest`.
    exact: bool,
    /// What it has once all that was sent arrives; none while nothing is known.
    pub(super) assumed: Option<Vector>,
    /// Our digest when we last told it our whole vector.
    pub(super) ours_told: Option<Digest>,
    /// Our digest when we last told it what it lacked of ours.
    pub(super) news_told: Option<Digest>,
    /// Whether it told us what we lack, and so knows it.
    pub(super) serves_us: bool,
    /// Our digest when the source had nothing to send although the vectors differ.
    pub(super) exhausted: Option<Digest>,
    have_seq: Option<u32>,
}

impl Shared {
    pub(super) fn remembered(known: &Known) -> Self {
        Self {
            listed: true,
            wanted: true,
            digest: Some(known.digest),
            told: known.vector.clone(),
            assumed: Some(known.vector.clone()),
            ..Self::default()
        }
    }

    /// A peer that did not list this document in its greeting has none of it.
    pub(super) fn unheard_of() -> Self {
        let mut shared = Self::default();
        shared.hold_nothing();
        shared
    }

    /// Before a greeting is taken: what it does not list is not there.
    pub(super) fn unlist(&mut self) {
        self.listed = false;
        self.wanted = false;
    }

    pub(super) fn list(&mut self, listed: &Listed, remembered: Option<&Known>, already_sent: bool) {
        self.listed = true;
        self.wanted = listed.wanted;
        if self.have_seq.is_some() {
            return; // A vector overtook the greeting: it is the newer.
        }
        self.digest = Some(listed.digest);
        if listed.digest == EMPTY {
            self.hold_nothing();
        } else if let Some(known) = remembered.filter(|known| known.digest == listed.digest) {
            self.told = known.vector.clone();
            self.exact = true;
            self.assumed.get_or_insert_default().join(&known.vector);
        } else if !already_sent {
            self.assumed = None;
        }
    }

    /// After a greeting was taken: a document it did not list has no changes there.
    pub(super) fn empty_unless_listed(&mut self) {
        if !self.listed && self.have_seq.is_none() {
            self.hold_nothing();
        }
    }

    fn hold_nothing(&mut self) {
        self.digest = Some(EMPTY);
        self.told = Vector::new();
        self.exact = true;
        self.assumed = Some(Vector::new());
    }

    pub(super) fn tell(&mut self, seq: u32, have: &Have, vector: Vector) {
        let newer = self.have_seq.is_none_or(|last| seq > last);
        if newer {
            self.have_seq = Some(seq);
            self.digest = Some(have.digest);
        }
        if !have.whole {
            self.serves_us = true;
            self.told.join(&vector);
            if let Some(assumed) = &mut self.assumed {
                assumed.join(&vector);
            }
        } else if newer {
            self.assumed = Some(vector.clone());
            self.told = vector;
            self.exact = true;
            self.exhausted = None;
        }
    }

    /// Both digests are the same, so the changes are.
    pub(super) fn agree(&mut self, vector: Vector) {
        self.told = vector.clone();
        self.assumed = Some(vector);
        self.exact = true;
    }

    /// Whether the peer holds or follows it.
    pub(super) fn has(&self, heard: Heard) -> bool {
        self.listed || heard.wants_all
    }

    /// Whether the peer follows it.
    pub(super) fn wants(&self, heard: Heard) -> bool {
        self.wanted || heard.wants_all
    }

    pub(super) fn presumed_wanted(&self, heard: Option<Heard>) -> bool {
        heard.map_or(self.wanted, |heard| self.wants(heard))
    }

    /// Whether a device with `ours` has all the peer is known to have.
    pub(super) fn lacks_nothing(&self, ours: &Vector) -> bool {
        self.exact && ours.covers(&self.told)
    }

    /// Whether the peer has all of `ours`, once what was sent arrives.
    pub(super) fn has_all(&self, ours: &Vector) -> bool {
        let covers = |assumed: &Vector| assumed.covers(ours);
        ours.is_empty() || self.assumed.as_ref().is_some_and(covers)
    }
}
