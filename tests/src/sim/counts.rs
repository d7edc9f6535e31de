//! How often what is interesting happened, so that a run cannot quietly test nothing.

use std::collections::BTreeMap;
use std::fmt;

/// How often, by what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<&'static str, u64>);

impl Counts {
    /// So many more of it.
    pub fn add(&mut self, what: &'static str, n: u64) {
        *self.0.entry(what).or_default() += n;
    }

    /// How many there were.
    pub fn get(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or(0)
    }

    /// Those of another run besides.
    pub fn join(&mut self, other: &Self) {
        other.0.iter().for_each(|(what, n)| self.add(what, *n));
    }

    /// What happened less often than `wanted` says.
    pub fn short_of(&self, wanted: &[(&'static str, u64)]) -> Vec<String> {
        let short = wanted
            .iter()
            .filter(|(what, least)| self.get(what) < *least);
        short
            .map(|(what, least)| format!("{what}: {}, expected at least {least}", self.get(what)))
            .collect()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, n) in &self.0 {
            writeln!(f, "{n:>9}  {what}")?;
        }
        Ok(())
    }
}
