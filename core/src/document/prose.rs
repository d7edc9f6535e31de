//! Text that several people write.
//!
//! An edit travels as content: what it was made upon, and what it puts in and takes out. The Automerge text is made here,
//! through its API, one change for each edit, by an author that the edit's id gives. So the same edits are the same changes
//! on every device, in whatever order they came, and no foreign byte reaches Automerge's decoders.

mod diff;

use crate::cbor::{CborError, Reader, Writer};
use crate::id::StatementId;
use crate::limits::{MAX_EVENT_TEXT, MAX_SPLICES};
use crate::statement::in_range;
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{
    ActorId, AutoCommit, AutomergeError, ChangeHash, ObjType, ROOT, ReadDoc, TextEncoding,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The place of the text in its document.
const TEXT: &str = "text";

/// One thing that an edit does: at a place, counted in characters (Unicode scalar values), so many go and others come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Splice {
    at: u32,
    delete: u32,
    insert: String,
}

/// What an edit does to the text that it was made upon, the last place first.
///
/// ```
/// use allkontor_core::document::Patch;
/// let patch = Patch::between("We meet at six.", "We all meet at seven.");
/// assert_eq!(Patch::from_bytes(&patch.to_bytes()).unwrap(), patch);
/// assert!(Patch::between("the same", "the same").is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch(Vec<Splice>);

impl Patch {
    /// What makes one text of another, word by word where it can be told.
    pub fn between(old: &str, new: &str) -> Self {
        Self(diff::splices(old, new))
    }

    /// Whether it does nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Deterministic CBOR: `[* [at, delete, insert]]`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Writer::new();
        to.array(self.0.len());
        for splice in &self.0 {
            to.array(3)
                .uint(splice.at.into())
                .uint(splice.delete.into())
                .text(&splice.insert);
        }
        to.into_bytes()
    }

    /// Reads what [`Patch::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        let most = u32::from(MAX_EVENT_TEXT);
        in_range("bytes of a patch", bytes.len() as u64, 1, u64::from(most))?;
        let mut from = Reader::new(bytes);
        let count = from.array("number of splices", 1, MAX_SPLICES)?;
        let mut splices = Vec::new();
        for _ in 0..count {
            from.array("splice", 3, 3)?;
            let mut number = |what| {
                let got = from.uint()?;
                in_range(what, got, 0, u64::from(most))?;
                Ok(u32::try_from(got).unwrap_or(most))
            };
            let (at, delete) = (number("place of a splice")?, number("characters that go")?);
            let insert = from.text()?.to_owned();
            splices.push(Splice { at, delete, insert });
        }
        from.finish()?;
        Ok(Self(splices))
    }
}

/// An edit: what it was made upon, and what it does.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The edits that whoever made it knew and that nobody had followed; none for the text as it was first.
    pub after: Vec<StatementId>,
    /// What it does.
    pub patch: Patch,
}

/// A text, with all edits that are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The text.
    pub text: String,
    /// The edits that no other has followed: what the next is made upon.
    pub heads: Vec<StatementId>,
}

impl Prose {
    /// Puts a text together from how it was first and its edits, in any order. An edit upon others that are not here waits,
    /// and one that points outside the text does nothing. `None` if Automerge refuses, which it does not.
    pub fn of(
        first: StatementId,
        text: &str,
        edits: &BTreeMap<StatementId, Revision>,
    ) -> Option<Self> {
        write(first, text, edits).ok()
    }
}

fn write(
    first: StatementId,
    text: &str,
    edits: &BTreeMap<StatementId, Revision>,
) -> Result<Prose, AutomergeError> {
    let mut whole = AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint);
    whole.set_actor(author(&first));
    let object = whole.put_object(ROOT, TEXT, ObjType::Text)?;
    whole.splice_text(&object, 0, 0, text)?;
    let root = commit(&mut whole);
    let mut known: BTreeMap<StatementId, ChangeHash> = BTreeMap::new();
    let mut open: BTreeSet<StatementId> = edits.keys().copied().collect();
    loop {
        let ready = open.iter().find_map(|id| {
            let edit = edits.get(id)?;
            let after = edit.after.iter().map(|after| known.get(after).copied());
            Some((*id, edit, after.collect::<Option<Vec<_>>>()?))
        });
        let Some((id, edit, mut after)) = ready else {
            break;
        };
        open.remove(&id);
        if after.is_empty() {
            after.push(root);
        }
        let mut fork = whole.fork_at(&after)?;
        fork.set_actor(author(&id));
        for splice in &edit.patch.0 {
            let length = fork.length(&object);
            let (at, delete) = (splice.at as usize, splice.delete as usize);
            if at.checked_add(delete).is_some_and(|end| end <= length) {
                let delete = isize::try_from(delete).unwrap_or(0);
                fork.splice_text(&object, at, delete, &splice.insert)?;
            }
        }
        known.insert(id, commit(&mut fork));
        whole.merge(&mut fork)?;
    }
    let followed: BTreeSet<StatementId> = known
        .keys()
        .filter_map(|id| edits.get(id))
        .flat_map(|edit| edit.after.iter().copied())
        .collect();
    let heads = known.keys().filter(|id| !followed.contains(id));
    Ok(Prose {
        text: whole.text(&object)?,
        heads: heads.copied().collect(),
    })
}

/// One change, with no time of its own; an empty one when nothing was done.
fn commit(document: &mut AutoCommit) -> ChangeHash {
    let options = || CommitOptions::default().with_time(0);
    let done = document.commit_with(options());
    done.unwrap_or_else(|| document.empty_change(options()))
}

/// 16 bytes of SHA-256(`allkontor/1/prose` ‖ id): an author for each edit.
fn author(id: &StatementId) -> ActorId {
    let hash = Sha256::new()
        .chain_update(b"allkontor/1/prose")
        .chain_update(id.0)
        .finalize();
    ActorId::from(hash.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests;
