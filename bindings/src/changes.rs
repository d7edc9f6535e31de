//! The doorbell: it rings with a number, and the app asks what is different since.

use crate::desk::Ledger;
use crate::{AllkontorError, Device};
use allkontor_core::device::Changes;
use allkontor_core::replica::BookingId;
use allkontor_core::time::OfficeDay;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Turns that are remembered one by one: a screen that asks later than that reads everything again.
const MEMORY: usize = 256;

/// Hears that something has changed. Implemented by the app.
///
/// It is called on the thread that changed something, with no lock held and never twice at a time: what it calls may
/// change something in turn, and it is then called once more afterwards.
#[uniffi::export(with_foreign)]
pub trait Doorbell: Send + Sync {
    /// Something has changed; `seq` is what `changes_since` will answer up to. Whatever it throws is ignored.
    fn ring(&self, seq: u64) -> Result<(), DoorbellError>;
}

/// Something that a doorbell threw.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum DoorbellError {
    /// What it said.
    #[error("the doorbell threw: {detail}")]
    Thrown {
        /// In the app's own words.
        detail: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for DoorbellError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Thrown {
            detail: error.reason,
        }
    }
}

/// What is different since a number.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ChangesSince {
    /// The number to ask with next time.
    pub seq: u64,
    /// It is too long ago to tell, or the device went on from its store: read everything again.
    pub everything: bool,
    /// This device's bookings that stand in another way.
    pub bookings: Vec<BookingId>,
    /// Days on which something is taken or free that was not.
    pub days: Vec<OfficeDay>,
    /// Months and years in which any booking may stand in another way.
    pub ledgers: Vec<Ledger>,
    /// Another catalogue is in force.
    pub catalogue: bool,
    /// This device is something else to its office.
    pub standing: bool,
    /// There are other alarms: a new one, or one fewer.
    pub alarms: bool,
    /// A connection was opened, used or closed.
    pub connections: bool,
}

#[uniffi::export]
impl Device {
    /// Has `doorbell` rung from now on, instead of the one before; none for silence.
    pub fn set_doorbell(&self, doorbell: Option<Arc<dyn Doorbell>>) -> Result<(), AllkontorError> {
        let seq = self.lock().journal.seq();
        self.bell.hang(doorbell, seq);
        Ok(())
    }

    /// What is different since `seq`, a number of this object; 0 is before it was opened.
    pub fn changes_since(&self, seq: u64) -> Result<ChangesSince, AllkontorError> {
        Ok(self.lock().journal.since(seq))
    }
}

/// What has changed, turn by turn.
#[derive(Debug)]
pub(crate) struct Journal {
    turns: VecDeque<Changes>,
    seq: u64,
}

impl Journal {
    /// Begins with everything being new.
    pub(crate) fn new() -> Self {
        let mut journal = Self {
            turns: VecDeque::new(),
            seq: 0,
        };
        journal.start_over();
        journal
    }

    pub(crate) const fn seq(&self) -> u64 {
        self.seq
    }

    pub(crate) fn note(&mut self, changes: Changes) {
        if changes.is_empty() {
            return;
        }
        self.seq = self.seq.saturating_add(1);
        self.turns.push_back(changes);
        if self.turns.len() > MEMORY {
            self.turns.pop_front();
        }
    }

    /// Anything may be different.
    pub(crate) fn start_over(&mut self) {
        self.note(Changes {
            everything: true,
            ..Changes::default()
        });
    }

    fn since(&self, seq: u64) -> ChangesSince {
        let behind = self.seq.checked_sub(seq);
        let behind = behind.and_then(|behind| usize::try_from(behind).ok());
        let known = behind.filter(|behind| *behind <= self.turns.len());
        let mut all = Changes {
            everything: known.is_none(),
            ..Changes::default()
        };
        let turns = self.turns.iter().rev().take(known.unwrap_or(0));
        turns.for_each(|turn| all.and(turn));
        ChangesSince {
            seq: self.seq,
            everything: all.everything,
            bookings: all.bookings.into_iter().collect(),
            days: all.days.into_iter().collect(),
            ledgers: all.documents.into_iter().filter_map(Ledger::of).collect(),
            catalogue: all.catalogue,
            standing: all.standing,
            alarms: all.alarms,
            connections: all.connections,
        }
    }
}

/// Whom to call, and up to which number they have been.
#[derive(Default)]
pub(crate) struct Bell {
    state: Mutex<BellState>,
}

#[derive(Default)]
struct BellState {
    doorbell: Option<Arc<dyn Doorbell>>,
    due: u64,
    rung: u64,
    ringing: bool,
}

impl Bell {
    fn lock(&self) -> MutexGuard<'_, BellState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hang(&self, doorbell: Option<Arc<dyn Doorbell>>, seq: u64) {
        let before = {
            let mut state = self.lock();
            state.rung = state.rung.max(seq);
            state.due = state.due.max(seq);
            std::mem::replace(&mut state.doorbell, doorbell)
        };
        // The app's object may call back when it goes: not under the lock.
        drop(before);
    }

    /// Rings for everything up to `seq`. Whoever changes something while it rings leaves that ring to this one.
    pub(crate) fn ring(&self, seq: u64) {
        {
            let mut state = self.lock();
            state.due = state.due.max(seq);
            if state.ringing {
                return;
            }
            state.ringing = true;
        }
        while let Some((doorbell, seq)) = self.next() {
            // Whatever the app throws is its own affair.
            let _ = catch_unwind(AssertUnwindSafe(|| doorbell.ring(seq)));
        }
    }

    fn next(&self) -> Option<(Arc<dyn Doorbell>, u64)> {
        let mut state = self.lock();
        let doorbell = state.doorbell.clone().filter(|_| state.due > state.rung);
        state.rung = state.due;
        state.ringing = doorbell.is_some();
        Some((doorbell?, state.rung))
    }
}
