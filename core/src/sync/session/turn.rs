use crate::limits::MAX_OUT_OF_ORDER;
use std::collections::BTreeSet;

/// Whose turn it is, and which of the peer's messages have arrived.
#[derive(Debug, Default, Clone)]
pub(super) struct Turn {
    next_seq: u32,
    /// All of the peer's messages before this have arrived.
    ack: u32,
    ahead: BTreeSet<u32>,
    /// The peer's highest message, and whether it ended a flight.
    highest: Option<(u32, bool)>,
    /// Our last flight said that there is more, and the peer has not said "go on".
    waiting: bool,
    /// The peer's last flight said that there is more.
    owing: bool,
}

impl Turn {
    pub(super) fn hear(&mut self, seq: u32, end: bool, more: bool) {
        // Lost and reordered messages: the highest decides, since what comes late changes nothing but efficiency.
        if self.highest.is_none_or(|(highest, _)| seq > highest) {
            self.highest = Some((seq, end));
            if end {
                self.waiting = false;
                self.owing = more;
            }
        }
        if seq == self.ack {
            // The one that was missing is counted however many came before it.
            self.ack = self.ack.saturating_add(1);
        } else if seq > self.ack && self.ahead.len() < MAX_OUT_OF_ORDER {
            self.ahead.insert(seq);
        }
        while self.ahead.remove(&self.ack) {
            self.ack = self.ack.saturating_add(1);
        }
    }

    pub(super) fn is_ours(&self, opener: bool) -> bool {
        match self.highest {
            None => opener && !self.waiting,
            Some((_, ended)) => ended && !self.waiting,
        }
    }

    /// The peer's messages before this number have arrived.
    pub(super) fn ack(&self) -> u32 {
        self.ack
    }

    pub(super) fn owes_an_answer(&self) -> bool {
        self.owing
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.waiting || self.owing || self.highest.is_some_and(|(_, ended)| !ended)
    }

    pub(super) fn next_seq(&mut self) -> u32 {
        let seq = self.next_seq;
        self.next_seq = seq.saturating_add(1);
        seq
    }

    /// The last message numbered.
    pub(super) fn last_seq(&self) -> u32 {
        self.next_seq.saturating_sub(1)
    }

    /// A flight has been sent.
    pub(super) fn sent(&mut self, more: bool) {
        self.waiting = more;
        self.owing = false;
    }
}
