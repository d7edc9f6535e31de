//! A failing run made small: fewer devices, fewer events, the same violation.

use super::machine::Plant;
use super::op::Who;
use super::plan::Plan;
use super::run::{Event, Run};
use super::violation::Violation;
use std::collections::BTreeSet;
use std::fmt;

/// Runs that shrinking may take.
const BUDGET: usize = 200;

/// A run that fails, as short as it was found.
#[derive(Clone, Debug)]
pub struct Story {
    plan: Plan,
    /// Who is left out.
    pub absent: BTreeSet<Who>,
    /// What happens.
    pub events: Vec<Event>,
    /// What comes of it.
    pub violation: Violation,
    plant: Option<Plant>,
    budget: usize,
}

impl Story {
    /// Makes a failing run of that plan smaller.
    pub fn shrink(
        plan: &Plan,
        events: &[Event],
        plant: Option<Plant>,
        failure: (usize, Violation),
    ) -> Self {
        let (last, violation) = failure;
        let mut story = Self {
            plan: plan.clone(),
            absent: BTreeSet::new(),
            events: events
                .iter()
                .filter(|(nth, _)| *nth <= last)
                .cloned()
                .collect(),
            violation,
            plant,
            budget: BUDGET,
        };
        story.send_home();
        story.halve();
        story.send_home();
        story
    }

    /// Whether fewer of both still come to the same; then that is the story.
    fn attempt(&mut self, absent: BTreeSet<Who>, events: Vec<Event>) -> bool {
        if self.budget == 0 {
            return false;
        }
        self.budget -= 1;
        let run = Run {
            plan: &self.plan,
            absent,
            plant: self.plant,
        };
        let Some((last, violation)) = run.play(&events, None).failure else {
            return false;
        };
        if violation.what != self.violation.what {
            return false;
        }
        self.absent = run.absent;
        self.events = events.into_iter().filter(|(nth, _)| *nth <= last).collect();
        self.violation = violation;
        true
    }

    /// Delta debugging (Zeller, Hildebrandt 2002): leaves out ever smaller parts.
    fn halve(&mut self) {
        let mut part = self.events.len().div_ceil(2).max(1);
        loop {
            let mut at = 0;
            while at < self.events.len() {
                let mut fewer = self.events.clone();
                fewer.drain(at..(at + part).min(fewer.len()));
                if !self.attempt(self.absent.clone(), fewer) {
                    at += part;
                }
            }
            if part == 1 || self.budget == 0 {
                return;
            }
            part = part.div_ceil(2);
        }
    }

    /// Leaves out devices, with everything that names them.
    fn send_home(&mut self) {
        let all: Vec<Who> = self
            .plan
            .cast
            .members()
            .map(|(who, ..)| who)
            .skip(1)
            .collect();
        for who in all {
            let mut absent = self.absent.clone();
            if absent.insert(who) {
                let names = |event: &Event| event.1.who().contains(&who);
                let events = self
                    .events
                    .iter()
                    .filter(|event| !names(event))
                    .cloned()
                    .collect();
                self.attempt(absent, events);
            }
        }
    }

    /// The one command that plays it again.
    pub fn command(&self) -> String {
        let only: Vec<String> = self.events.iter().map(|(nth, _)| nth.to_string()).collect();
        let absent: Vec<&str> = self
            .absent
            .iter()
            .map(|who| self.plan.cast.name(*who))
            .collect();
        let without = if absent.is_empty() {
            String::new()
        } else {
            format!(" --without {}", absent.join(","))
        };
        format!(
            "cargo xtask sim --seed {}{without} --only {} --step",
            self.plan.seed,
            only.join(",")
        )
    }

    /// What happens and what it changes, line by line.
    pub fn lines(&self) -> Vec<String> {
        let run = Run {
            plan: &self.plan,
            absent: self.absent.clone(),
            plant: self.plant,
        };
        let mut lines = Vec::new();
        run.play(&self.events, Some(&mut |line| lines.push(line)));
        lines
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.violation)?;
        self.lines()
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))?;
        writeln!(f, "\nreplay: {}", self.command())
    }
}
