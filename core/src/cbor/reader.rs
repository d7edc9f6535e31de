/// How deep a value we do not know may nest. Ours nest four deep; the rest is room for later versions.
const MAX_DEPTH: usize = 8;

/// Input that is not deterministic CBOR, or not the value expected. Positions are bytes from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// The input stops inside a value.
    #[error("input ends at byte {at}, {need} more expected")]
    Truncated {
        /// Where more was expected.
        at: usize,
        /// How many bytes were missing.
        need: u64,
    },
    /// Another type of value.
    #[error("byte {at}: expected {expected}, found CBOR major type {found}")]
    Type {
        /// Where the value starts.
        at: usize,
        /// What was expected.
        expected: &'static str,
        /// The major type there, 0–7.
        found: u8,
    },
    /// A longer encoding than needed, an indefinite length, or a float.
    #[error("byte {at}: not in the shortest definite form")]
    NotShortest {
        /// Where the value starts.
        at: usize,
    },
    /// A map key that repeats or does not follow the one before.
    #[error("byte {at}: map keys are not in ascending order")]
    KeyOrder {
        /// Where the key starts.
        at: usize,
    },
    /// A value nested too deep.
    #[error("byte {at}: nested deeper than {MAX_DEPTH}")]
    TooDeep {
        /// Where the limit was passed.
        at: usize,
    },
    /// Text that is not UTF-8.
    #[error("byte {at}: text is not UTF-8")]
    NotUtf8 {
        /// Where the text starts.
        at: usize,
    },
    /// Bytes after the value.
    #[error("byte {at}: {extra} bytes after the end")]
    Trailing {
        /// Where the value ended.
        at: usize,
        /// How many bytes follow.
        extra: usize,
    },
    /// A number or length outside what the field allows.
    #[error("{what} is {got}: allowed are {min} to {max}")]
    Range {
        /// The field.
        what: &'static str,
        /// What was there.
        got: i128,
        /// The least allowed.
        min: i128,
        /// The most allowed.
        max: i128,
    },
    /// A field that must be there.
    #[error("{what} is missing")]
    Missing {
        /// The field.
        what: &'static str,
    },
    /// A field that breaks a rule of its own.
    #[error("{what}: {why}")]
    Invalid {
        /// The field.
        what: &'static str,
        /// The rule.
        why: &'static str,
    },
}

/// Reads deterministic CBOR from a slice.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    input: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// At the start of `input`.
    pub fn new(input: &'a [u8]) -> Self {
        Self { input, at: 0 }
    }

    /// Bytes read so far.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Whether all has been read.
    pub fn is_empty(&self) -> bool {
        self.at >= self.input.len()
    }

    /// Succeeds only at the end of the input.
    pub fn finish(self) -> Result<(), CborError> {
        match self.input.len().saturating_sub(self.at) {
            0 => Ok(()),
            extra => Err(CborError::Trailing { at: self.at, extra }),
        }
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], CborError> {
        let left = self.input.get(self.at..).unwrap_or_default();
        let short = || CborError::Truncated {
            at: self.input.len(),
            need: length.saturating_sub(left.len() as u64),
        };
        let length = usize::try_from(length).map_err(|_| short())?;
        let taken = left.get(..length).ok_or_else(short)?;
        self.at = self.at.saturating_add(length);
        Ok(taken)
    }

    fn head(&mut self) -> Result<(u8, u64), CborError> {
        let at = self.at;
        let first = self.take(1)?.first().copied().unwrap_or_default();
        let (major, info) = (first >> 5, first & 31);
        let (width, least) = match info {
            0..=23 => return Ok((major, u64::from(info))),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            _ => return Err(CborError::NotShortest { at }),
        };
        let value = self
            .take(width)?
            .iter()
            .fold(0u64, |value, byte| value << 8 | u64::from(*byte));
        // Major type 7 with a longer head is a float or a reserved simple value: neither is ours.
        if value < least || major == 7 {
            return Err(CborError::NotShortest { at });
        }
        Ok((major, value))
    }

    fn expect(&mut self, major: u8, expected: &'static str) -> Result<u64, CborError> {
        let at = self.at;
        match self.head()? {
            (found, value) if found == major => Ok(value),
            (found, _) => Err(CborError::Type {
                at,
                expected,
                found,
            }),
        }
    }

    /// An unsigned integer.
    pub fn uint(&mut self) -> Result<u64, CborError> {
        self.expect(0, "an unsigned integer")
    }

    /// A signed integer.
    pub fn int(&mut self) -> Result<i64, CborError> {
        let at = self.at;
        let (major, value) = self.head()?;
        let small = i64::try_from(value).map_err(|_| CborError::Range {
            what: "integer",
            got: if major == 1 {
                -1 - i128::from(value)
            } else {
                i128::from(value)
            },
            min: i128::from(i64::MIN),
            max: i128::from(i64::MAX),
        });
        match major {
            0 => small,
            1 => Ok(!small?),
            found => Err(CborError::Type {
                at,
                expected: "an integer",
                found,
            }),
        }
    }

    /// A byte string.
    pub fn bytes(&mut self) -> Result<&'a [u8], CborError> {
        let length = self.expect(2, "a byte string")?;
        self.take(length)
    }

    /// A byte string of exactly `N` bytes.
    pub fn fixed<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], CborError> {
        let bytes = self.bytes()?;
        let exact = N as i128;
        bytes.try_into().map_err(|_| CborError::Range {
            what,
            got: bytes.len() as i128,
            min: exact,
            max: exact,
        })
    }

    /// A text string.
    pub fn text(&mut self) -> Result<&'a str, CborError> {
        let at = self.at;
        let length = self.expect(3, "a text string")?;
        std::str::from_utf8(self.take(length)?).map_err(|_| CborError::NotUtf8 { at })
    }

    /// `true` or `false`.
    pub fn bool(&mut self) -> Result<bool, CborError> {
        let at = self.at;
        match self.head()? {
            (7, 20) => Ok(false),
            (7, 21) => Ok(true),
            (found, _) => Err(CborError::Type {
                at,
                expected: "true or false",
                found,
            }),
        }
    }

    /// The head of an array: how many items follow, `min` to `max` of them.
    pub fn array(
        &mut self,
        what: &'static str,
        min: usize,
        max: usize,
    ) -> Result<usize, CborError> {
        let got = self.expect(4, "an array")?;
        within(what, got, min, max)
    }

    /// The head of a map: how many entries follow, at most `max`.
    pub fn map(&mut self, what: &'static str, max: usize) -> Result<usize, CborError> {
        let got = self.expect(5, "a map")?;
        within(what, got, 0, max)
    }

    /// A tag that must be `tag`; the tagged value follows.
    pub fn tag(&mut self, tag: u64, what: &'static str) -> Result<(), CborError> {
        let got = self.expect(6, "a tag")?;
        if got == tag {
            return Ok(());
        }
        Err(CborError::Range {
            what,
            got: i128::from(got),
            min: i128::from(tag),
            max: i128::from(tag),
        })
    }

    /// Passes over one value of any kind and returns its bytes, checked to be deterministic.
    pub fn value(&mut self) -> Result<&'a [u8], CborError> {
        let start = self.at;
        let mut open = [Open::default(); MAX_DEPTH];
        let mut depth = 0usize;
        loop {
            let at = self.at;
            let (major, value) = self.head()?;
            let children = match major {
                0 | 1 => 0,
                2 => self.take(value).map(|_| 0)?,
                3 => std::str::from_utf8(self.take(value)?)
                    .map(|_| 0)
                    .map_err(|_| CborError::NotUtf8 { at })?,
                4 => value,
                5 => value.saturating_mul(2),
                6 => 1,
                _ if (20..=22).contains(&value) => 0,
                _ => return Err(CborError::NotShortest { at }),
            };
            if children > 0 {
                let slot = open.get_mut(depth).ok_or(CborError::TooDeep { at })?;
                *slot = Open {
                    left: children,
                    map: major == 5,
                    key: None,
                    child: self.at,
                };
                depth += 1;
                continue;
            }
            // A value ended: close every container that ends with it.
            loop {
                let Some(parent) = depth.checked_sub(1).and_then(|d| open.get_mut(d)) else {
                    return Ok(self.input.get(start..self.at).unwrap_or_default());
                };
                parent.close_child(self.input, self.at)?;
                if parent.left > 0 {
                    break;
                }
                depth -= 1;
            }
        }
    }
}

/// A container being passed over.
#[derive(Clone, Copy, Default)]
struct Open {
    left: u64,
    map: bool,
    key: Option<(usize, usize)>,
    child: usize,
}

impl Open {
    fn close_child(&mut self, input: &[u8], end: usize) -> Result<(), CborError> {
        // An even number of values left in a map means that the one that follows is a key.
        if self.map && self.left.is_multiple_of(2) {
            let this = input.get(self.child..end);
            let last = self.key.and_then(|(from, to)| input.get(from..to));
            if last.is_some() && last >= this {
                return Err(CborError::KeyOrder { at: self.child });
            }
            self.key = Some((self.child, end));
        }
        self.left -= 1;
        self.child = end;
        Ok(())
    }
}

fn within(what: &'static str, got: u64, min: usize, max: usize) -> Result<usize, CborError> {
    usize::try_from(got)
        .ok()
        .filter(|n| (min..=max).contains(n))
        .ok_or(CborError::Range {
            what,
            got: i128::from(got),
            min: min as i128,
            max: max as i128,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::Writer;
    use proptest::prelude::*;

    fn hex(text: &str) -> Vec<u8> {
        data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    #[test]
    fn the_examples_of_rfc_8949_appendix_a() {
        for (value, text) in [
            (0i64, "00"),
            (23, "17"),
            (24, "1818"),
            (1000, "1903e8"),
            (1_000_000, "1a000f4240"),
            (1_000_000_000_000, "1b000000e8d4a51000"),
            (-1, "20"),
            (-1000, "3903e7"),
            (i64::MIN, "3b7fffffffffffffff"),
        ] {
            let mut writer = Writer::new();
            writer.int(value);
            assert_eq!(writer.into_bytes(), hex(text));
            assert_eq!(Reader::new(&hex(text)).int(), Ok(value));
        }
    }

    #[test]
    fn only_the_deterministic_form_is_read() {
        for (text, why) in [
            ("1817", "byte 0: not in the shortest definite form"),
            ("5f4100ff", "byte 0: not in the shortest definite form"),
            ("a201000100", "byte 3: map keys are not in ascending order"),
            ("a202000100", "byte 3: map keys are not in ascending order"),
            ("818181818181818181", "byte 8: nested deeper than 8"),
            ("43aa", "input ends at byte 2, 2 more expected"),
            (
                "fb3ff0000000000000",
                "byte 0: not in the shortest definite form",
            ),
            ("61ff", "byte 0: text is not UTF-8"),
        ] {
            assert_eq!(
                Reader::new(&hex(text)).value().unwrap_err().to_string(),
                why,
                "{text}"
            );
        }
        let nested = hex("a2012002a10381a10405");
        assert_eq!(Reader::new(&nested).value(), Ok(&nested[..]));
    }

    proptest! {
        #[test]
        fn no_input_panics_and_what_is_passed_over_is_its_own_encoding(input in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&input);
            if let Ok(value) = reader.value() {
                prop_assert_eq!(value, &input[..reader.position()]);
            }
        }
    }
}
