use super::{ActorId, build};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::ChangeHash;
use crate::limits::{
    MAX_CHANGE_DEPS, MAX_CHANGE_STATEMENTS, MAX_DOCUMENT_OPS, MAX_STATEMENT_BYTES,
};
use crate::time::CivilMinute;
use std::num::NonZeroU64;
use std::sync::Arc;

/// One received batch of statements, written down by a steward: the content of an Automerge change.
///
/// It can express puts of new byte values and nothing else. Cheap to clone.
#[derive(Clone)]
pub struct Change(Arc<Inner>);

struct Inner {
    parts: ChangeParts,
    start_op: NonZeroU64,
    hash: ChangeHash,
}

/// What a [`Change`] is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeParts {
    /// Its author.
    pub actor: ActorId,
    /// Its number among its author's changes, from 1.
    pub seq: u64,
    /// The number of its first put: one more than the greatest among its ancestors.
    pub start_op: u64,
    /// When its statements were admitted, on the office's wall clock.
    pub minute: CivilMinute,
    /// The changes it follows, ascending. Each implies its own.
    pub deps: Vec<ChangeHash>,
    /// Statements as received, no two alike.
    pub statements: Vec<Box<[u8]>>,
}

/// Parts that make no change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChange {
    /// Numbers start at 1.
    #[error("change has {what} 0: the first is 1")]
    Zero {
        /// Which number.
        what: &'static str,
    },
    /// Numbers end.
    #[error("change has {what} {got}: the limit is {MAX_DOCUMENT_OPS}")]
    TooLarge {
        /// Which number.
        what: &'static str,
        /// What it was.
        got: u64,
    },
    /// Too few or too many of something.
    #[error("change has {got} {what}: allowed are {min} to {max}")]
    Count {
        /// What was counted.
        what: &'static str,
        /// How many there were.
        got: usize,
        /// The least allowed.
        min: usize,
        /// The most allowed.
        max: usize,
    },
    /// Dependencies that repeat or are out of order.
    #[error("change's dependencies are not ascending at {at}")]
    DepsOrder {
        /// The one that does not follow the one before.
        at: ChangeHash,
    },
    /// A statement of no bytes or too many.
    #[error(
        "statement {index} of a change is {bytes} bytes: allowed are 1 to {MAX_STATEMENT_BYTES}"
    )]
    StatementSize {
        /// Its place in the change, from 0.
        index: usize,
        /// Its length.
        bytes: usize,
    },
    /// The same statement twice.
    #[error("change carries one statement twice, the second time at {index}")]
    Repeated {
        /// The place of the second in the change, from 0.
        index: usize,
    },
}

impl Change {
    /// Checks the parts against one another, builds the Automerge change and takes its hash.
    pub fn new(parts: ChangeParts) -> Result<Self, InvalidChange> {
        let start_op = check(&parts)?;
        let hash = ChangeHash(build::build(&parts, start_op).hash().0);
        Ok(Self(Arc::new(Inner {
            parts,
            start_op,
            hash,
        })))
    }

    /// Takes the hash as computed: for content from this device's own store, which was built when it came and had the
    /// hash that was promised.
    pub(crate) fn trust_store(parts: ChangeParts, hash: ChangeHash) -> Result<Self, InvalidChange> {
        let start_op = check(&parts)?;
        Ok(Self(Arc::new(Inner {
            parts,
            start_op,
            hash,
        })))
    }

    /// SHA-256 of the Automerge change.
    pub fn hash(&self) -> ChangeHash {
        self.0.hash
    }

    /// Its author.
    pub fn actor(&self) -> ActorId {
        self.0.parts.actor
    }

    /// Its number among its author's changes, from 1.
    pub fn seq(&self) -> u64 {
        self.0.parts.seq
    }

    /// The number of its first put, from 1.
    pub fn start_op(&self) -> u64 {
        self.0.parts.start_op
    }

    /// The number of its last put.
    pub fn max_op(&self) -> u64 {
        let puts = self.0.parts.statements.len() as u64;
        self.start_op().saturating_add(puts).saturating_sub(1)
    }

    /// When its statements were admitted.
    pub fn minute(&self) -> CivilMinute {
        self.0.parts.minute
    }

    /// The changes it follows, ascending.
    pub fn deps(&self) -> &[ChangeHash] {
        &self.0.parts.deps
    }

    /// Statements as received. Nobody has verified them here.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.0.parts.statements.iter().map(AsRef::as_ref)
    }

    /// All of it, to change a part.
    pub fn to_parts(&self) -> ChangeParts {
        self.0.parts.clone()
    }

    /// The Automerge change. Not kept: it is needed for its hash, and when the whole document is put together.
    pub(super) fn built(&self) -> automerge::Change {
        build::build(&self.0.parts, self.0.start_op)
    }

    /// Each statement with the key it is put under.
    pub(super) fn puts(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.statements()
            .map(|statement| (build::key(self.minute(), statement), statement))
    }

    /// Appends `[actor, seq, start_op, minute, deps, statements]`.
    pub(crate) fn write(&self, to: &mut Writer) {
        let parts = &self.0.parts;
        to.array(6)
            .bytes(&parts.actor.0)
            .uint(parts.seq)
            .uint(parts.start_op)
            .int(i64::from(parts.minute.get()))
            .array(parts.deps.len());
        for dep in &parts.deps {
            to.bytes(dep.as_bytes());
        }
        to.array(parts.statements.len());
        for statement in &parts.statements {
            to.bytes(statement);
        }
    }

    /// Reads what [`Change::write`] wrote, without building it.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<ChangeParts, CborError> {
        from.array("parts of a change", 6, 6)?;
        let actor = ActorId(from.fixed("length of an actor")?);
        let (seq, start_op) = (from.uint()?, from.uint()?);
        let minute = CivilMinute::new(from.int()?).map_err(|_| CborError::Invalid {
            what: "minute of a change",
            why: "outside the years 1970 to 2199",
        })?;
        let deps = from.array("dependencies of a change", 0, MAX_CHANGE_DEPS)?;
        let deps = (0..deps)
            .map(|_| from.fixed("length of a dependency").map(ChangeHash))
            .collect::<Result<_, _>>()?;
        let statements = from.array("statements in a change", 1, MAX_CHANGE_STATEMENTS)?;
        let statements = (0..statements)
            .map(|_| from.bytes().map(Into::into))
            .collect::<Result<_, _>>()?;
        Ok(ChangeParts {
            actor,
            seq,
            start_op,
            minute,
            deps,
            statements,
        })
    }
}

/// Gives the number of the first put.
fn check(parts: &ChangeParts) -> Result<NonZeroU64, InvalidChange> {
    let within = |what, got: usize, min, max| match got {
        got if got < min || got > max => Err(InvalidChange::Count {
            what,
            got,
            min,
            max,
        }),
        _ => Ok(()),
    };
    within("dependencies", parts.deps.len(), 0, MAX_CHANGE_DEPS)?;
    within(
        "statements",
        parts.statements.len(),
        1,
        MAX_CHANGE_STATEMENTS,
    )?;
    for (what, got) in [("seq", parts.seq), ("start op", parts.start_op)] {
        if got == 0 {
            return Err(InvalidChange::Zero { what });
        }
        // The bound leaves room for the puts of one change below what Automerge counts in 32 bits.
        if got > MAX_DOCUMENT_OPS {
            return Err(InvalidChange::TooLarge { what, got });
        }
    }
    for (one, next) in parts.deps.iter().zip(parts.deps.iter().skip(1)) {
        if one >= next {
            return Err(InvalidChange::DepsOrder { at: *next });
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for (index, statement) in parts.statements.iter().enumerate() {
        let bytes = statement.len();
        if bytes == 0 || bytes > MAX_STATEMENT_BYTES {
            return Err(InvalidChange::StatementSize { index, bytes });
        }
        if !seen.insert(statement) {
            return Err(InvalidChange::Repeated { index });
        }
    }
    NonZeroU64::new(parts.start_op).ok_or(InvalidChange::Zero { what: "start op" })
}

/// By hash.
impl PartialEq for Change {
    fn eq(&self, other: &Self) -> bool {
        self.hash() == other.hash()
    }
}

impl Eq for Change {}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (actor, seq, puts) = (self.actor(), self.seq(), self.statements().len());
        write!(
            f,
            "Change({:?}, {actor} {seq}, {puts} statements)",
            self.hash()
        )
    }
}
