use crate::limits::{MAX_WAITING, MAX_WAITING_BYTES};
use std::collections::{BTreeMap, BTreeSet};

/// What cannot be judged yet, held until what it waits for arrives, within [`MAX_WAITING`] things and
/// [`MAX_WAITING_BYTES`] bytes.
///
/// `K` names what is waited for (a change, a signer), `I` what waits (the digest of an envelope), `T` is the thing
/// itself. Nothing here is promised to anybody: what is turned away or forgotten comes again with the next sync.
#[derive(Debug, Clone)]
pub struct WaitingRoom<K, I, T> {
    waiting: BTreeMap<I, Waiting<K, T>>,
    wanted: BTreeMap<K, BTreeSet<I>>,
    bytes: usize,
}

#[derive(Debug, Clone)]
struct Waiting<K, T> {
    thing: T,
    bytes: usize,
    missing: BTreeSet<K>,
}

/// No more room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{waiting} things of {bytes} bytes wait already, one of {more} bytes more is turned away: \
     the limits are {MAX_WAITING} and {MAX_WAITING_BYTES} bytes"
)]
pub struct RoomFull {
    /// Things that wait.
    pub waiting: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Bytes of the one turned away.
    pub more: usize,
}

impl<K, I, T> Default for WaitingRoom<K, I, T> {
    fn default() -> Self {
        Self {
            waiting: BTreeMap::new(),
            wanted: BTreeMap::new(),
            bytes: 0,
        }
    }
}

impl<K: Ord + Clone, I: Ord + Clone, T> WaitingRoom<K, I, T> {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `thing`, which takes `bytes` bytes, wait for all of `missing`. What waits already keeps its place.
    pub fn hold(
        &mut self,
        id: I,
        thing: T,
        bytes: usize,
        missing: impl IntoIterator<Item = K>,
    ) -> Result<(), RoomFull> {
        if self.waiting.contains_key(&id) {
            return Ok(());
        }
        let total = self.bytes.saturating_add(bytes);
        if self.waiting.len() >= MAX_WAITING || total > MAX_WAITING_BYTES {
            return Err(RoomFull {
                waiting: self.waiting.len(),
                bytes: self.bytes,
                more: bytes,
            });
        }
        let missing: BTreeSet<K> = missing.into_iter().collect();
        for key in &missing {
            self.wanted
                .entry(key.clone())
                .or_default()
                .insert(id.clone());
        }
        self.bytes = total;
        self.waiting.insert(
            id,
            Waiting {
                thing,
                bytes,
                missing,
            },
        );
        Ok(())
    }

    /// Takes out what waited for `key` and for nothing else any more, in the order of their ids.
    pub fn arrived(&mut self, key: &K) -> Vec<T> {
        let mut ready = Vec::new();
        for id in self.wanted.remove(key).unwrap_or_default() {
            let Some(waiting) = self.waiting.get_mut(&id) else {
                continue;
            };
            waiting.missing.remove(key);
            if waiting.missing.is_empty()
                && let Some(done) = self.waiting.remove(&id)
            {
                self.bytes = self.bytes.saturating_sub(done.bytes);
                ready.push(done.thing);
            }
        }
        ready
    }

    /// Takes out one thing, whatever it still waits for.
    pub fn remove(&mut self, id: &I) -> Option<T> {
        let gone = self.waiting.remove(id)?;
        self.bytes = self.bytes.saturating_sub(gone.bytes);
        for key in &gone.missing {
            if let Some(ids) = self.wanted.get_mut(key) {
                ids.remove(id);
                if ids.is_empty() {
                    self.wanted.remove(key);
                }
            }
        }
        Some(gone.thing)
    }

    /// Whether something waits for `key`.
    pub fn is_wanted(&self, key: &K) -> bool {
        self.wanted.contains_key(key)
    }

    /// What is waited for, ascending.
    pub fn wanted(&self) -> impl Iterator<Item = &K> {
        self.wanted.keys()
    }

    /// Things that wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_leaves_when_the_last_it_waits_for_arrives() {
        let mut room = WaitingRoom::new();
        room.hold(1, "both", 10, ["a", "b"]).unwrap();
        room.hold(2, "a alone", 10, ["a"]).unwrap();
        room.hold(2, "a alone, again", 10, ["a"]).unwrap();
        assert_eq!(room.wanted().copied().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(room.arrived(&"a"), ["a alone"]);
        assert_eq!(room.arrived(&"a"), [""; 0]);
        assert_eq!((room.len(), room.bytes), (1, 10));
        assert_eq!(room.arrived(&"b"), ["both"]);
        assert_eq!((room.len(), room.bytes, room.wanted().count()), (0, 0, 0));
    }

    #[test]
    fn the_room_is_bounded_by_things_and_by_bytes() {
        let mut room = WaitingRoom::new();
        room.hold(0, (), MAX_WAITING_BYTES, ["x"]).unwrap();
        assert_eq!(
            room.hold(1, (), 1, ["x"]).unwrap_err().to_string(),
            "1 things of 16777216 bytes wait already, one of 1 bytes more is turned away: \
             the limits are 4096 and 16777216 bytes"
        );
        let mut room = WaitingRoom::new();
        for id in 0..MAX_WAITING {
            room.hold(id, (), 0, ["x"]).unwrap();
        }
        assert!(room.hold(MAX_WAITING, (), 0, ["x"]).is_err());
        assert_eq!(room.arrived(&"x").len(), MAX_WAITING);
        assert!(room.hold(MAX_WAITING, (), 0, ["x"]).is_ok());
    }
}
