//! Catalogues and texts: the first of them are told of one by one. Of the rest a mark says whether the peer has the same,
//! and if it has not, they come last.

use super::super::item::digest;
use super::super::wire::Hello;
use super::super::{ItemKind, Peer, Source};
use super::Session;
use super::flight::Flight;
use crate::id::Digest;
use crate::limits::MAX_LISTED_BLOBS;
use std::collections::BTreeSet;

/// What a device holds of them: for everybody, and for the office's devices alone.
pub(super) struct Blobs {
    pub(super) told: Vec<Digest>,
    pub(super) more: Vec<Digest>,
    pub(super) internal: Vec<Digest>,
    pub(super) more_internal: Vec<Digest>,
}

/// What a peer has said of those that it does not tell of one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) more: Option<Digest>,
    pub(super) internal: Option<Digest>,
}

impl Blobs {
    pub(super) fn of(source: &dyn Source) -> Self {
        let (mut told, mut internal) = (source.blobs(), source.internal_blobs());
        let more = told.split_off(told.len().min(MAX_LISTED_BLOBS));
        let room = MAX_LISTED_BLOBS.saturating_sub(told.len());
        let more_internal = internal.split_off(internal.len().min(room));
        Self {
            told,
            more,
            internal,
            more_internal,
        }
    }

    /// Those that a peer is told of, what is for everybody first.
    pub(super) fn all_told(&self) -> impl Iterator<Item = Digest> + '_ {
        self.told.iter().chain(&self.internal).copied()
    }

    pub(super) fn marks(&self) -> Marks {
        Marks {
            more: mark(&self.more),
            internal: mark(&self.more_internal),
        }
    }

    /// Whether a peer has them all that has `there`, and has said that of the rest.
    pub(super) fn are_at(
        &self,
        there: &BTreeSet<Digest>,
        said: Marks,
        peer: &Peer,
        source: &dyn Source,
    ) -> bool {
        let has = |blobs: &[Digest]| blobs.iter().all(|blob| there.contains(blob));
        let marks = self.marks();
        has(&self.told)
            && (has(&self.more) || said.more == marks.more)
            && (!source.is_internal_to(peer)
                || has(&self.internal)
                    && (has(&self.more_internal) || said.internal == marks.internal))
    }
}

impl Marks {
    pub(super) fn of(hello: &Hello) -> Self {
        Self {
            more: hello.more,
            internal: hello.more_internal,
        }
    }
}

impl Session {
    /// Catalogues and texts that the peer lacks.
    pub(super) fn send_blobs(
        &mut self,
        blobs: &[Digest],
        source: &dyn Source,
        flight: &mut Flight,
    ) -> Option<()> {
        for blob in blobs {
            if self.blobs_there.insert(*blob)
                && let Some(bytes) = source.blob(blob)
            {
                self.queue.push_back((ItemKind::Blob, bytes));
                self.drain(flight)?;
            }
        }
        Some(())
    }

    /// Those that neither tells of one by one, once it is known that the peer has others than this device: by turns, for
    /// where a connection broke nobody knows.
    pub(super) fn send_more_blobs(
        &mut self,
        blobs: &Blobs,
        peer: &Peer,
        source: &dyn Source,
        flight: &mut Flight,
    ) -> Option<()> {
        if self.heard.is_none() {
            return Some(());
        }
        let (ours, theirs) = (blobs.marks(), self.more_blobs_there);
        let turns = |blobs: &[Digest]| {
            let mut turns = blobs.to_vec();
            turns.rotate_left(first_by_turn(source, blobs.len()));
            turns
        };
        if ours.more != theirs.more {
            self.send_blobs(&turns(&blobs.more), source, flight)?;
        }
        if ours.internal != theirs.internal {
            self.send_internal(&turns(&blobs.more_internal), peer, source, flight)?;
        }
        Some(())
    }

    /// Texts for the office's devices alone, each sealed to the one that gets it.
    pub(super) fn send_internal(
        &mut self,
        blobs: &[Digest],
        peer: &Peer,
        source: &dyn Source,
        flight: &mut Flight,
    ) -> Option<()> {
        if !source.is_internal_to(peer) {
            return Some(());
        }
        for blob in blobs {
            if self.blobs_there.insert(*blob)
                && let Some(bytes) = source.blob(blob)
                && let Some(sealed) = source.seal(&ItemKind::Blob.enclose(&bytes), peer)
            {
                self.queue.push_back((ItemKind::Sealed, sealed.into()));
                self.drain(flight)?;
            }
        }
        Some(())
    }
}

/// Which of so many comes first at this meeting, where there may be no time for all: another one at another time.
pub(super) fn first_by_turn(source: &dyn Source, of: usize) -> usize {
    let time = usize::try_from(source.now().0).unwrap_or_default();
    time.checked_rem(of).unwrap_or_default()
}

/// Over a set of them; none for no one.
fn mark(blobs: &[Digest]) -> Option<Digest> {
    let set: BTreeSet<&Digest> = blobs.iter().collect();
    let bytes: Vec<u8> = set.iter().flat_map(|blob| blob.0).collect();
    (!bytes.is_empty()).then(|| digest(&bytes))
}
