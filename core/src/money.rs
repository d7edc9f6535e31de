//! Money: whole öre and a currency, never a float.
//!
//! ```text
//! Ore    an amount of one entry: within ±1 000 000 000 000, or it is refused
//! Sum    any number of them, exact: asked for as an Ore, it may say that it is too large
//! ```

use crate::limits::MAX_ORE;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in hundredths of a currency: öre, cents. At most ten thousand million kronor either way.
///
/// ```
/// use allkontor_core::money::Ore;
/// let page = Ore::new(200)?;
/// assert_eq!(page.times(3)?.get(), 600);
/// assert!(Ore::new(1_000_000_000_001).is_err());
/// assert!(page.times(u32::MAX)?.plus(Ore::MAX).is_err(), "refused, never wrapped around");
/// # Ok::<(), allkontor_core::money::TooMuch>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Ore(i64);

/// An amount that no entry may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{ore} öre is beyond the limit of {MAX_ORE} either way")]
pub struct TooMuch {
    /// The amount.
    pub ore: i128,
}

impl Ore {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most there can be.
    pub const MAX: Self = Self(MAX_ORE);

    /// That many öre.
    pub fn new(ore: i64) -> Result<Self, TooMuch> {
        Self::from_wide(ore.into())
    }

    fn from_wide(ore: i128) -> Result<Self, TooMuch> {
        let narrow = i64::try_from(ore).ok();
        narrow
            .filter(|ore| (-MAX_ORE..=MAX_ORE).contains(ore))
            .map(Self)
            .ok_or(TooMuch { ore })
    }

    /// As a number.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Result<Self, TooMuch> {
        Sum::from(self).with(other).ore()
    }

    /// What is left when `other` is taken away; less than nothing, perhaps.
    pub fn less(self, other: Self) -> Result<Self, TooMuch> {
        Sum::from(self).without(other).ore()
    }

    /// So many of it.
    pub fn times(self, count: u32) -> Result<Self, TooMuch> {
        Self::from_wide(i128::from(self.0).saturating_mul(count.into()))
    }
}

impl TryFrom<i64> for Ore {
    type Error = TooMuch;

    fn try_from(ore: i64) -> Result<Self, TooMuch> {
        Self::new(ore)
    }
}

impl From<Ore> for i64 {
    fn from(ore: Ore) -> Self {
        ore.0
    }
}

impl fmt::Display for Ore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} öre", self.0)
    }
}

/// A sum of amounts. Exact: a document holds fewer than 2³¹ entries, so 128 bits are never used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sum(i128);

impl Sum {
    /// With one amount more.
    #[must_use]
    pub fn with(self, ore: Ore) -> Self {
        self.and(Self::from(ore))
    }

    /// With one amount less.
    #[must_use]
    pub fn without(self, ore: Ore) -> Self {
        Self(self.0.saturating_sub(ore.0.into()))
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// As one amount.
    pub fn ore(self) -> Result<Ore, TooMuch> {
        Ore::from_wide(self.0)
    }

    /// Whether it is more than nothing.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl From<Ore> for Sum {
    fn from(ore: Ore) -> Self {
        Self(ore.0.into())
    }
}

impl std::iter::Sum<Ore> for Sum {
    fn sum<I: Iterator<Item = Ore>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Self::with)
    }
}

/// A currency with hundredths, by its three letters (ISO 4217): SEK, EUR.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Letters that name no currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{shown:?} is not a currency: expected three capital letters like SEK")]
pub struct NotACurrency {
    /// What was there, at most 40 characters of it.
    pub shown: String,
}

impl Currency {
    /// The currency of those letters.
    pub fn new(letters: &str) -> Result<Self, NotACurrency> {
        let bytes = <[u8; 3]>::try_from(letters.as_bytes()).ok();
        bytes
            .filter(|bytes| bytes.iter().all(u8::is_ascii_uppercase))
            .map(Self)
            .ok_or_else(|| NotACurrency {
                shown: letters.chars().take(40).collect(),
            })
    }

    /// Its three letters.
    pub fn letters(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;

    fn try_from(letters: String) -> Result<Self, NotACurrency> {
        Self::new(&letters)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.letters().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letters())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({self})")
    }
}

/// An amount in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// How much.
    pub amount: Ore,
    /// Of what.
    pub currency: Currency,
}
