//! One morning at an office, on a device that is killed or whose disk fails: what it answered must still be there.
//!
//! ```text
//! script ─► Visit ─Request─► Machine ─┬─► a device here, on whatever store and vault
//!     what must be so ◄─┘             └─► a device in a process of its own, which is killed
//! ```
//!
//! One of the devices is in trouble, the others are well and remember what it told them. After each trouble the
//! [`Visit`] looks whether everything that was acknowledged is still there, and goes on as people would: try again.

mod check;
mod gate;
mod machine;
mod process;
mod request;
mod script;

pub use gate::{Gate, Watched};
pub use machine::{Here, Machine, Trouble, files_in};
pub use process::{Process, serve};
pub use request::{Answer, Bytes, Files, Line, Request, Turn, perform};
pub use script::{Act, morning};

use crate::world::{at, instant};
use allkontor_core::time::Timestamp;
use std::collections::BTreeMap;

/// Nobody tries a thing more often: one fault, one try after it.
const PATIENCE: usize = 3;

/// The office's kiosk and two phones.
pub struct Visit {
    now: Timestamp,
    machines: BTreeMap<&'static str, Machine>,
    /// Whose device may be in trouble.
    subject: &'static str,
    /// What the subject has answered with yes, and how to see that it is so.
    acknowledged: Vec<(&'static str, Act)>,
    /// What the subject's person saw on its screen after its last answer.
    screen: Vec<Line>,
    /// What the subject was doing when it last got into trouble.
    doing: Option<Request>,
    troubles: usize,
}

impl Visit {
    /// Three devices that know nothing yet. `subject` runs on that machine, the others in memory and well.
    pub fn new(subject: &'static str, machine: Machine) -> Self {
        let mut machines: BTreeMap<_, _> = ["kiosk", "anna", "bo"]
            .map(|name| (name, Machine::Here(Box::new(Here::well()))))
            .into();
        machines.insert(subject, machine);
        Self {
            now: instant(at("2026-11-24T08:00")),
            machines,
            subject,
            acknowledged: Vec::new(),
            screen: Vec::new(),
            doing: None,
            troubles: 0,
        }
    }

    /// Plays the whole morning; how often the subject got into trouble.
    pub fn play(mut self) -> usize {
        for (who, act) in morning() {
            self.step(who, &act);
        }
        self.assert_agreed();
        self.troubles
    }

    /// Does one thing, and again after trouble unless it turns out to be done.
    fn step(&mut self, who: &'static str, act: &Act) {
        for _ in 0..PATIENCE {
            let tried = self.act(who, act);
            if let Err(trouble) = &tried {
                self.recover(trouble);
            }
            if tried.is_ok() || self.is_so(who, act) {
                if who == self.subject && act.leaves_a_mark() {
                    self.acknowledged.push((who, act.clone()));
                }
                return;
            }
        }
        panic!("{who} could not {act:?} in {PATIENCE} tries");
    }

    fn ask(&mut self, who: &'static str, request: Request) -> Result<Answer, Trouble> {
        let turn = Turn {
            now: self.now.0,
            request,
        };
        let answer = self.machines.get_mut(who).unwrap().ask(&turn);
        if let Err(trouble) = &answer {
            assert_eq!(who, self.subject, "a device that is well said {trouble:?}");
            self.doing = Some(turn.request);
        } else if who == self.subject && !turn.request.only_looks() {
            self.look();
        }
        answer
    }

    /// Asks what only looks, and so cannot fail.
    fn see(&mut self, who: &'static str, request: Request) -> Answer {
        match self.ask(who, request) {
            Ok(answer) => answer,
            Err(trouble) => panic!("{who} cannot even look: {trouble:?}"),
        }
    }
}
