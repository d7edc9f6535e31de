//! 16 bytes as characters to type: 26 of Crockford's base 32, and two that check them.
//!
//! The 28 characters are a codeword of a Reed–Solomon code over GF(32) with roots α and α² (x⁵ + x² + 1): two
//! codewords differ in at least three characters.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA: usize = 26;
const LENGTH: usize = 28;
const GROUP: usize = 4;
const ALPHA: u8 = 2;
const ALPHA_2: u8 = 4;

/// A typed code that is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlipCodeError {
    /// Characters are missing, or there are too many.
    #[error("slip code has {characters} characters: expected {LENGTH}")]
    Length {
        /// How many, dashes and spaces left aside.
        characters: usize,
    },
    /// A character that no code has.
    #[error("slip code: character {position} is {found:?}, which no code has")]
    Character {
        /// Which one, from 1.
        position: usize,
        /// What it is.
        found: char,
    },
    /// One character is wrong, if no more are.
    #[error("slip code does not check: look at character {position} again")]
    Suspect {
        /// Which one, from 1.
        position: usize,
    },
    /// Several characters are wrong.
    #[error("slip code does not check: more than one character is wrong")]
    Checksum,
}

pub(super) fn write(seed: &[u8; 16]) -> String {
    let value = u128::from_be_bytes(*seed);
    let symbol = |place: usize| u8::try_from(value >> (5 * place) & 31).unwrap_or_default();
    let data: Vec<u8> = (0..DATA).rev().map(symbol).collect();
    let check = remainder(&data);
    let mut code = String::with_capacity(LENGTH + LENGTH / GROUP);
    for (index, symbol) in data.into_iter().chain(check).enumerate() {
        if index > 0 && index % GROUP == 0 {
            code.push('-');
        }
        code.push(letter(symbol));
    }
    code
}

pub(super) fn read(typed: &str) -> Result<[u8; 16], SlipCodeError> {
    let typed = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    // What is far too long is counted no further.
    let characters: Vec<char> = typed.take(10 * LENGTH).collect();
    if characters.len() != LENGTH {
        return Err(SlipCodeError::Length {
            characters: characters.len(),
        });
    }
    let mut symbols = Vec::with_capacity(LENGTH);
    for (index, found) in characters.into_iter().enumerate() {
        let position = index.saturating_add(1);
        symbols.push(symbol(found).ok_or(SlipCodeError::Character { position, found })?);
    }
    check(&symbols)?;
    let data = symbols.get(..DATA).unwrap_or_default();
    let [first, ..] = data else {
        return Err(SlipCodeError::Checksum);
    };
    // 26 characters hold two bits more than the seed.
    if *first >= 8 {
        return Err(SlipCodeError::Suspect { position: 1 });
    }
    let value = data
        .iter()
        .fold(0u128, |value, symbol| value << 5 | u128::from(*symbol));
    Ok(value.to_be_bytes())
}

/// The character of a symbol.
pub(super) fn letter(symbol: u8) -> char {
    let letter = ALPHABET.get(usize::from(symbol));
    letter.copied().map_or('?', char::from)
}

pub(super) fn symbol(typed: char) -> Option<u8> {
    let upper = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|c| char::from(*c) == upper)?;
    u8::try_from(place).ok()
}

pub(super) fn check(symbols: &[u8]) -> Result<(), SlipCodeError> {
    let syndrome = |at: u8| {
        symbols
            .iter()
            .fold(0, |sum, symbol| times(sum, at) ^ symbol)
    };
    let (first, second) = (syndrome(ALPHA), syndrome(ALPHA_2));
    if (first, second) == (0, 0) {
        return Ok(());
    }
    // One wrong character at place p from the end adds e·αᵖ and e·α²ᵖ.
    let mut power = 1;
    for place in 0..symbols.len() {
        if first != 0 && times(first, power) == second {
            let position = symbols.len().saturating_sub(place);
            return Err(SlipCodeError::Suspect { position });
        }
        power = times(power, ALPHA);
    }
    Err(SlipCodeError::Checksum)
}

/// The two check symbols: the remainder of data·x² by (x − α)(x − α²).
pub(super) fn remainder(data: &[u8]) -> [u8; 2] {
    let (linear, constant) = (ALPHA ^ ALPHA_2, times(ALPHA, ALPHA_2));
    data.iter().fold([0, 0], |[high, low], symbol| {
        let lead = high ^ symbol;
        [low ^ times(lead, linear), times(lead, constant)]
    })
}

/// Multiplication in GF(32).
fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    for _ in 0..5 {
        if b & 1 == 1 {
            product ^= a;
        }
        b >>= 1;
        a <<= 1;
        if a & 32 != 0 {
            a ^= 0b10_0101;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: [u8; 16] = *b"sixteen secrets!";

    fn with(at: usize, to: u8) -> String {
        let mut code: Vec<u8> = write(&SEED).bytes().filter(|c| *c != b'-').collect();
        code[at] = to;
        String::from_utf8(code).unwrap()
    }

    #[test]
    fn every_seed_comes_back() {
        for n in 0..200u128 {
            let seed = (n * (u128::MAX / 199)).to_be_bytes();
            assert_eq!(read(&write(&seed)), Ok(seed));
        }
        assert_eq!(read(&write(&[0xff; 16])), Ok([0xff; 16]));
    }

    #[test]
    fn any_one_wrong_character_is_found_and_pointed_at() {
        let code = with(0, b'3');
        assert_eq!(read(&code), Ok(SEED));
        for at in 0..LENGTH {
            for to in ALPHABET.iter().filter(|to| **to != code.as_bytes()[at]) {
                assert_eq!(
                    read(&with(at, *to)),
                    Err(SlipCodeError::Suspect { position: at + 1 })
                );
            }
        }
    }

    #[test]
    fn any_two_wrong_characters_are_found() {
        let code: Vec<u8> = with(0, b'3').into_bytes();
        for a in 0..LENGTH {
            for b in 0..a {
                let mut swapped = code.clone();
                swapped.swap(a, b);
                assert_eq!(
                    read(std::str::from_utf8(&swapped).unwrap()).is_ok(),
                    code[a] == code[b]
                );
                for (x, y) in [(b'0', b'Z'), (b'7', b'8'), (b'Q', b'0')] {
                    let mut wrong = code.clone();
                    (wrong[a], wrong[b]) = (x, y);
                    let unchanged = wrong == code;
                    assert_eq!(
                        read(std::str::from_utf8(&wrong).unwrap()).is_ok(),
                        unchanged
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_no_code_is_told_with_its_reason() {
        let told = |code: &str| read(code).unwrap_err().to_string();
        assert_eq!(told("3KD5-W78S"), "slip code has 8 characters: expected 28");
        assert_eq!(
            told(&with(4, b'U')),
            "slip code: character 5 is 'U', which no code has"
        );
        assert_eq!(
            told(&with(6, b'Z')),
            "slip code does not check: look at character 7 again"
        );
        assert_eq!(
            told(&"Z".repeat(28)),
            read(&"Z".repeat(28)).unwrap_err().to_string()
        );
    }
}
