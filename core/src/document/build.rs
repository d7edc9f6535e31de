//! Content to Automerge change.

use super::ChangeParts;
use crate::time::CivilMinute;
use automerge::legacy::{Key, ObjectId, Op, OpType, SortedVec};
use automerge::{ExpandedChange, ScalarValue};
use sha2::{Digest as _, Sha256};
use std::num::NonZeroU64;

/// The Automerge change that puts every statement under its key, with no predecessor.
pub(super) fn build(parts: &ChangeParts, start_op: NonZeroU64) -> automerge::Change {
    let operations = parts
        .statements
        .iter()
        .map(|statement| Op {
            action: OpType::Put(ScalarValue::Bytes(statement.to_vec())),
            obj: ObjectId::Root,
            key: Key::from(key(parts.minute, statement)),
            pred: SortedVec::new(),
            insert: false,
        })
        .collect();
    let deps = parts.deps.iter().map(|dep| automerge::ChangeHash(dep.0));
    automerge::Change::from(ExpandedChange {
        operations,
        actor_id: automerge::ActorId::from(parts.actor.0),
        hash: None,
        seq: parts.seq,
        start_op,
        time: i64::from(parts.minute.get()),
        message: None,
        deps: deps.collect(),
        extra_bytes: Vec::new(),
        author: None,
    })
}

/// 40 hexadecimal digits: the complement of the minute, then half of the statement's SHA-256.
///
/// Of the bytes, not of the statement's id: a replica can then carry what a later version wrote and it cannot read.
pub(super) fn key(minute: CivilMinute, statement: &[u8]) -> String {
    let newest_first = (!minute.get()).to_be_bytes();
    let hash = Sha256::digest(statement);
    let bytes: Vec<u8> = newest_first
        .into_iter()
        .chain(hash.into_iter().take(16))
        .collect();
    data_encoding::HEXLOWER.encode(&bytes)
}
