use super::code;
use super::invite::Name;
use super::{CardError, QrKind};
use crate::id::OfficeId;
use crate::limits::MAX_LANES;
use crate::statement::field::Field;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Lines of the code to type, each of 14 characters and two that check them.
const LINES: usize = 4;
const DATA: usize = 14;
const LENGTH: usize = 16;
const GROUP: usize = 4;
/// What the lines hold together: 32 bytes of the seed, the lane, and two that check it all.
const BYTES: usize = 35;

/// A visitor's keys at one office, on paper or in a photograph. Whoever has it can do all that the visitor can.
#[derive(Clone, PartialEq, Eq)]
pub struct Backup {
    /// What all keys are derived from. Secret.
    pub seed: [u8; 32],
    /// The office that they are for.
    pub office: OfficeId,
    /// The lane that the device restored from it opens new bookings in.
    pub lane: u8,
    /// A name to show until the office's own is there. What is beyond 120 bytes is cut.
    pub name: String,
}

/// Typed lines that are no backup of that office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackupCodeError {
    /// Characters are missing, or there are too many.
    #[error("backup code has {characters} characters: expected {}", LINES * LENGTH)]
    Length {
        /// How many, dashes and spaces left aside.
        characters: usize,
    },
    /// A character that no code has.
    #[error("backup code: character {position} of line {line} is {found:?}, which no code has")]
    Character {
        /// Which line, from 1.
        line: usize,
        /// Which character of it, from 1.
        position: usize,
        /// What it is.
        found: char,
    },
    /// One character of a line is wrong, if no more are.
    #[error("backup code does not check: look at character {position} of line {line} again")]
    Suspect {
        /// Which line, from 1.
        line: usize,
        /// Which character of it, from 1.
        position: usize,
    },
    /// Several characters of a line are wrong.
    #[error("backup code does not check: more than one character of line {line} is wrong")]
    Line {
        /// Which line, from 1.
        line: usize,
    },
    /// Each line is one, and together they are no backup of that office.
    #[error("backup code is not of this office, or its lines are in another order")]
    Other,
}

impl Backup {
    /// The payload of its QR code.
    ///
    /// ```
    /// use allkontor_core::{id::OfficeId, sync::qr::Backup};
    /// let backup = Backup {
    ///     seed: *b"thirty-two bytes that are secret",
    ///     office: OfficeId([7; 32]),
    ///     lane: 1,
    ///     name: "Kontoret vid torget".to_owned(),
    /// };
    /// assert_eq!(Backup::from_bytes(&backup.to_bytes()), Ok(backup));
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = QrKind::Backup.fields();
        fields.put(10, &self.seed);
        fields.put(11, &self.office);
        fields.put(12, &self.lane);
        fields.put(13, &Name(self.name.clone()));
        fields.into_bytes()
    }

    /// Reads a scanned backup.
    pub fn from_bytes(payload: &[u8]) -> Result<Self, CardError> {
        let fields = QrKind::Backup.read(payload)?;
        let lane = u8::take_field(&fields, 12, "lane")?;
        if lane >= MAX_LANES {
            return Err(CardError::Lane { lane });
        }
        Ok(Self {
            seed: Field::take_field(&fields, 10, "seed")?,
            office: OfficeId::take_field(&fields, 11, "office")?,
            lane,
            name: Name::take_field(&fields, 13, "name")?.0,
        })
    }

    /// The code to type: four lines of 16 characters of Crockford's base 32, the last two of each of which check the
    /// others. It holds the seed, the lane and the first two bytes of a hash of these and the office.
    pub fn code(&self) -> String {
        let mut bytes = [0; BYTES];
        let parts = self.seed.iter().chain([&self.lane]).copied();
        let check = check(&self.seed, self.lane, self.office);
        bytes
            .iter_mut()
            .zip(parts.chain(check))
            .for_each(|(to, from)| *to = from);
        let symbols = symbols(&bytes);
        let lines = symbols.chunks(DATA).map(|data| {
            let check = code::remainder(data);
            let line: Vec<char> = data
                .iter()
                .chain(&check)
                .map(|s| code::letter(*s))
                .collect();
            let groups = line.chunks(GROUP).map(String::from_iter);
            groups.collect::<Vec<_>>().join("-")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The backup of a typed code, at that office: an invitation, or a device that follows it, says which it is. Lower
    /// case, spaces, line breaks and dashes are as one likes; O is 0, I and L are 1.
    ///
    /// Any one or two wrong characters of a line are found for certain, and told by line.
    pub fn from_code(typed: &str, office: OfficeId) -> Result<Self, BackupCodeError> {
        let typed = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
        // What is far too long is counted no further.
        let typed: Vec<char> = typed.take(10 * LINES * LENGTH).collect();
        if typed.len() != LINES * LENGTH {
            return Err(BackupCodeError::Length {
                characters: typed.len(),
            });
        }
        let mut data = Vec::with_capacity(LINES * DATA);
        for (line, typed) in typed.chunks(LENGTH).enumerate() {
            let line = line.saturating_add(1);
            let mut symbols = Vec::with_capacity(LENGTH);
            for (index, found) in typed.iter().enumerate() {
                let position = index.saturating_add(1);
                let found = *found;
                symbols.push(code::symbol(found).ok_or(BackupCodeError::Character {
                    line,
                    position,
                    found,
                })?);
            }
            code::check(&symbols).map_err(|wrong| match wrong {
                code::SlipCodeError::Suspect { position } => {
                    BackupCodeError::Suspect { line, position }
                }
                _ => BackupCodeError::Line { line },
            })?;
            data.extend(symbols.into_iter().take(DATA));
        }
        Self::of(&bytes(&data), office).ok_or(BackupCodeError::Other)
    }

    fn of(bytes: &[u8], office: OfficeId) -> Option<Self> {
        let (seed, rest) = bytes.split_first_chunk::<32>()?;
        let (lane, checked) = rest.split_first()?;
        let good = *lane < MAX_LANES && *checked == check(seed, *lane, office);
        good.then(|| Self {
            seed: *seed,
            office,
            lane: *lane,
            name: String::new(),
        })
    }
}

fn check(seed: &[u8; 32], lane: u8, office: OfficeId) -> [u8; 2] {
    let hash = Sha256::new()
        .chain_update(b"allkontor/1/backup\0")
        .chain_update(office.0)
        .chain_update([lane])
        .chain_update(seed);
    let hash: [u8; 32] = hash.finalize().into();
    let [first, second, ..] = hash;
    [first, second]
}

/// Bytes as symbols of five bits.
fn symbols(bytes: &[u8]) -> Vec<u8> {
    regroup(bytes, 8, 5)
}

fn bytes(symbols: &[u8]) -> Vec<u8> {
    regroup(symbols, 5, 8)
}

/// The bits of groups of `from` bits in groups of `to`, big-endian. There are as many of the ones as of the others.
fn regroup(groups: &[u8], from: u32, to: u32) -> Vec<u8> {
    let (mut held, mut bits, mut out) = (0u32, 0u32, Vec::new());
    for group in groups {
        held = held << from | u32::from(*group);
        bits = bits.saturating_add(from);
        while bits >= to {
            bits = bits.saturating_sub(to);
            let whole = held >> bits & ((1 << to) - 1);
            out.push(u8::try_from(whole).unwrap_or_default());
        }
        held &= (1 << bits) - 1;
    }
    out
}

/// Without the seed, which is a secret.
impl fmt::Debug for Backup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Backup({:?}, lane {})", self.office, self.lane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: OfficeId = OfficeId([7; 32]);

    fn backup(seed: [u8; 32], lane: u8) -> Backup {
        Backup {
            seed,
            office: OFFICE,
            lane,
            name: String::new(),
        }
    }

    fn letters(code: &str) -> Vec<u8> {
        code.bytes().filter(u8::is_ascii_alphanumeric).collect()
    }

    fn read(letters: &[u8]) -> Result<Backup, BackupCodeError> {
        Backup::from_code(std::str::from_utf8(letters).unwrap(), OFFICE)
    }

    #[test]
    fn every_backup_comes_back_from_what_is_typed() {
        for n in 0..=255u8 {
            let seed = std::array::from_fn(|at| n.wrapping_mul(31).wrapping_add(at as u8 * 7));
            let backup = backup(seed, n % MAX_LANES);
            let code = backup.code();
            assert_eq!(code.lines().count(), LINES);
            assert_eq!(Backup::from_code(&code, OFFICE), Ok(backup.clone()));
            let as_typed = code.to_lowercase().replace(['-', '\n'], " ");
            assert_eq!(Backup::from_code(&as_typed, OFFICE), Ok(backup));
        }
    }

    #[test]
    fn any_one_wrong_character_is_found_with_its_line_and_any_two_are_found() {
        let right = letters(&backup([5; 32], 3).code());
        for at in 0..right.len() {
            for to in b"0Z7Q" {
                let mut wrong = right.clone();
                wrong[at] = *to;
                if wrong == right {
                    continue;
                }
                let (line, position) = (at / LENGTH + 1, at % LENGTH + 1);
                let suspect = BackupCodeError::Suspect { line, position };
                assert_eq!(read(&wrong), Err(suspect));
                for other in (0..right.len()).filter(|other| *other != at) {
                    let mut twice = wrong.clone();
                    twice[other] = if twice[other] == b'8' { b'9' } else { b'8' };
                    assert!(read(&twice).is_err());
                }
            }
        }
    }

    #[test]
    fn a_code_is_what_it_was() {
        let backup = backup(*b"thirty-two bytes that are secret", 1);
        let code = [
            "EHM6-JWKM-F4PQ-8X5W",
            "VF41-H7JX-35EC-G7SE",
            "8T31-EGG6-2WK5-41VG",
            "SPAR-VJCN-T035-BP7N",
        ];
        assert_eq!(backup.code(), code.join("\n"));
    }

    #[test]
    fn lines_in_another_order_or_of_another_office_are_no_backup() {
        let backup = backup([5; 32], 3);
        let code = backup.code();
        let turned: Vec<&str> = code.lines().rev().collect();
        let other = Err(BackupCodeError::Other);
        assert_eq!(Backup::from_code(&turned.join("\n"), OFFICE), other);
        assert_eq!(Backup::from_code(&code, OfficeId([8; 32])), other);
    }

    #[test]
    fn what_is_no_backup_is_told_with_its_reason() {
        let told = |code: &str| Backup::from_code(code, OFFICE).unwrap_err().to_string();
        let right = backup([5; 32], 3).code();
        assert_eq!(told("3KD5"), "backup code has 4 characters: expected 64");
        let mut wrong = letters(&right);
        wrong[17] = b'U';
        assert_eq!(
            read(&wrong).unwrap_err().to_string(),
            "backup code: character 2 of line 2 is 'U', which no code has"
        );
        let card = Backup {
            lane: MAX_LANES,
            ..backup([5; 32], 0)
        };
        assert_eq!(
            Backup::from_bytes(&card.to_bytes())
                .unwrap_err()
                .to_string(),
            "backup is for lane 8: expected 0 to 7"
        );
        assert!(!format!("{:?}", backup([77; 32], 0)).contains("77"));
    }
}
