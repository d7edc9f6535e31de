//! Remarks in free text about things handed out, back or opened: for the office's devices alone.

use crate::id::Digest;
use crate::limits::{MAX_REMARK, REMARK_SALT};
use crate::statement::{Keypair, Words};
use crate::time::Timestamp;
use sha2::Digest as _;

/// A remark as it is kept beside the documents: some bytes that nobody can guess, and then the text.
///
/// The documents, which phones have too, have its hash and its length. Without the salt a short remark could be found by
/// trying.
pub(crate) struct Remark(Vec<u8>);

/// Why there can be no such remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RemarkError {
    /// It is too long.
    #[error("the remark is {bytes} bytes: the limit is {MAX_REMARK}")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Nothing here has such a remark.
    #[error("statement {of} has no remark that is known here")]
    None {
        /// What was asked for.
        of: crate::id::StatementId,
    },
}

impl RemarkError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "remark_too_long",
            Self::None { .. } => "no_such_remark",
        }
    }
}

impl Remark {
    /// Salted with what only that device knows; `None` when the text is empty.
    pub(crate) fn of(
        text: &str,
        key: &Keypair,
        now: Timestamp,
    ) -> Result<Option<Self>, RemarkError> {
        let text = text.trim();
        let bytes = text.len();
        if bytes > MAX_REMARK {
            return Err(RemarkError::TooLong { bytes });
        }
        if text.is_empty() {
            return Ok(None);
        }
        let secret = key.derive("remark", now.0.unsigned_abs());
        let drawn = sha2::Sha256::new()
            .chain_update(secret.to_seed())
            .chain_update(text)
            .finalize();
        let mut salted = drawn.get(..REMARK_SALT).unwrap_or_default().to_vec();
        salted.extend(text.as_bytes());
        Ok(Some(Self(salted)))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What documents have of it.
    pub(crate) fn words(&self) -> Words {
        Words {
            hash: Digest(sha2::Sha256::digest(&self.0).into()),
            length: u16::try_from(self.0.len()).unwrap_or(u16::MAX),
        }
    }

    /// The text of what is kept.
    pub(crate) fn read(bytes: &[u8]) -> Option<String> {
        let text = bytes.get(REMARK_SALT..)?;
        String::from_utf8(text.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_read_again_and_its_hash_tells_nobody_what_it_says() {
        let (key, other) = (Keypair::from_seed(&[1; 32]), Keypair::from_seed(&[2; 32]));
        let of = |text: &str, key: &Keypair, at: i64| Remark::of(text, key, Timestamp(at));
        let remark = of(" The lid is loose. ", &key, 5).unwrap().unwrap();
        assert_eq!(Remark::read(remark.bytes()).unwrap(), "The lid is loose.");
        let said_again = of("The lid is loose.", &key, 6).unwrap().unwrap();
        let by_another = of("The lid is loose.", &other, 5).unwrap().unwrap();
        assert_ne!(remark.words(), said_again.words());
        assert_ne!(remark.words(), by_another.words());
        assert!(of("  ", &key, 5).unwrap().is_none());
    }

    #[test]
    fn at_the_limit_a_remark_is_taken_and_one_beyond_it_is_refused_in_plain_words() {
        let key = Keypair::from_seed(&[1; 32]);
        let of = |bytes: usize| Remark::of(&"x".repeat(bytes), &key, Timestamp(0));
        assert_eq!(of(MAX_REMARK).unwrap().unwrap().words().length, 1_016);
        let error = of(MAX_REMARK + 1).err().unwrap();
        assert_eq!(
            error.to_string(),
            "the remark is 1001 bytes: the limit is 1000"
        );
    }
}
