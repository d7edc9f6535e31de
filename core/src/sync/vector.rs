use std::collections::BTreeMap;

/// An Automerge actor of one of our documents.
pub type Actor = [u8; 16];

/// A version vector: for each actor the last change of an unbroken run from its first.
///
/// Computed from the applied document. What a peer says of its own is a hint about what to send it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vector(BTreeMap<Actor, u64>);

impl Vector {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is no change in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many actors it names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The last change of that actor; 0 when there is none.
    pub fn get(&self, actor: &Actor) -> u64 {
        self.0.get(actor).copied().unwrap_or_default()
    }

    /// Notes that changes of `actor` up to `seq` are there. Never goes back.
    pub fn advance(&mut self, actor: Actor, seq: u64) {
        if seq > 0 {
            let entry = self.0.entry(actor).or_default();
            *entry = seq.max(*entry);
        }
    }

    /// Whether every change of `other` is in it.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|(actor, seq)| self.get(actor) >= *seq)
    }

    /// The changes of both.
    pub fn join(&mut self, other: &Self) {
        for (actor, seq) in &other.0 {
            self.advance(*actor, *seq);
        }
    }

    /// Its entries that go beyond `base`.
    pub fn beyond(&self, base: &Self) -> Self {
        let news = self.0.iter().filter(|(actor, seq)| **seq > base.get(actor));
        Self(news.map(|(actor, seq)| (*actor, *seq)).collect())
    }

    /// Actor and last change, in the order of the actors.
    pub fn iter(&self) -> impl Iterator<Item = (&Actor, u64)> {
        self.0.iter().map(|(actor, seq)| (actor, *seq))
    }
}

impl From<BTreeMap<Actor, u64>> for Vector {
    fn from(mut entries: BTreeMap<Actor, u64>) -> Self {
        entries.retain(|_, seq| *seq > 0);
        Self(entries)
    }
}

impl FromIterator<(Actor, u64)> for Vector {
    fn from_iter<I: IntoIterator<Item = (Actor, u64)>>(entries: I) -> Self {
        let mut vector = Self::new();
        for (actor, seq) in entries {
            vector.advance(actor, seq);
        }
        vector
    }
}
