//! What a refusal says to whoever asked, and to nobody else.

use crate::id::{OfficeId, PublicKey, StatementId};
use crate::limits::SEALED_NOTE_BYTES;
use crate::seal;
use crate::statement::{Ground, Keypair};
use crate::time::{CivilMinute, OfficeDay};

/// Bytes of a note before it is sealed: all notes are alike from outside, the one that says nothing too.
const PLAIN: usize = SEALED_NOTE_BYTES - crate::limits::SEAL_OVERHEAD;
/// What a note is about.
const SUSPENDED: u8 = 1;

/// What a refusal says in confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// Nothing: the cause says it all.
    Nothing,
    /// Whoever asked is suspended.
    Suspended {
        /// The last office day.
        until: OfficeDay,
        /// Why.
        ground: Ground,
        /// When this was said.
        minute: CivilMinute,
    },
}

impl Note {
    /// Sealed to the key that asked; `None` when nothing can be sealed to that.
    pub(crate) fn seal(
        self,
        office: OfficeId,
        request: &StatementId,
        to: &PublicKey,
        seed: &[u8; 32],
    ) -> Option<[u8; SEALED_NOTE_BYTES]> {
        let mut said = vec![0];
        if let Self::Suspended {
            until,
            ground,
            minute,
        } = self
        {
            said = vec![SUSPENDED];
            said.extend(until.get().to_be_bytes());
            said.extend(ground.number().to_be_bytes());
            said.extend(minute.get().to_be_bytes());
        }
        let mut plain = [0; PLAIN];
        plain.iter_mut().zip(said).for_each(|(to, from)| *to = from);
        let sealed = seal::seal(to, &info(office), &request.0, &plain, seed).ok()?;
        sealed.try_into().ok()
    }

    /// What that key can read of it.
    pub(crate) fn open(
        office: OfficeId,
        request: &StatementId,
        key: &Keypair,
        sealed: &[u8],
    ) -> Option<Self> {
        let plain = seal::open(key, &info(office), &request.0, sealed)?;
        let (about, rest) = plain.split_first()?;
        if *about != SUSPENDED {
            return Some(Self::Nothing);
        }
        let (until, rest) = rest.split_first_chunk()?;
        let (ground, rest) = rest.split_first_chunk()?;
        let (minute, _) = rest.split_first_chunk()?;
        Some(Self::Suspended {
            until: OfficeDay::new(i32::from_be_bytes(*until).into())?,
            ground: Ground::from_number(u16::from_be_bytes(*ground)),
            minute: CivilMinute::new(i32::from_be_bytes(*minute).into()).ok()?,
        })
    }
}

fn info(office: OfficeId) -> Vec<u8> {
    [&b"allkontor/1/note\0"[..], &office.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_by_whoever_asked_and_looks_like_any_other() {
        let (asked, other) = (Keypair::from_seed(&[1; 32]), Keypair::from_seed(&[2; 32]));
        let (office, request) = (OfficeId([3; 32]), StatementId([4; 32]));
        let until = OfficeDay::from_ymd(2026, 12, 24).unwrap();
        let suspended = Note::Suspended {
            until,
            ground: Ground::Damage,
            minute: CivilMinute::MIN,
        };
        for note in [Note::Nothing, suspended] {
            let sealed = note
                .seal(office, &request, &asked.public(), &[5; 32])
                .unwrap();
            assert_eq!(sealed.len(), SEALED_NOTE_BYTES);
            assert_eq!(Note::open(office, &request, &asked, &sealed), Some(note));
            assert_eq!(Note::open(office, &request, &other, &sealed), None);
            let moved = StatementId([6; 32]);
            assert_eq!(Note::open(office, &moved, &asked, &sealed), None);
        }
    }
}
