//! Plays a plan on real devices: SQLite files, sockets, files and QR payloads. Only the clock is made up.

mod acts;
mod carry;
mod check;
mod desks;
mod error;
mod kiosk;
mod loss;
mod phone;
mod promise;
mod tell;
mod tricks;
mod world;

pub use error::Trouble;

use crate::args::Args;
use crate::clock;
use crate::plan::{Act, Plan};
use crate::random::Random;
use crate::story::Story;
use crate::terminal::Progress;
use crate::{office, people, plan};
use allkontor_core::time::CivilMinute;
use std::collections::BTreeMap;
use std::time::Instant;
use world::World;

/// Plays the day that `args` ask for.
pub fn play(args: &Args, progress: &mut Progress) -> Result<Story, Trouble> {
    let started = Instant::now();
    let random = Random::seeded(args.seed);
    let office = office::catalogue(plan::DATE.0)?;
    let people = people::people(args.phones, &random);
    let plan = Plan::new(&office, &people, &args.crew, &random).ok_or(Trouble::NoPlan)?;
    let mut queue = Queue::of(&plan);
    let mut world = World::found(args, office, people, &plan, &random)?;
    let mut done = 0_usize;
    let mut end = CivilMinute::MIN;
    while let Some((at, act)) = queue.next() {
        end = at;
        world.act(at, &act, &mut queue)?;
        done = done.saturating_add(1);
        progress.at(
            done,
            done.saturating_add(queue.steps.len()),
            &clock::time(at),
        );
    }
    progress.done();
    let day = tell::Day {
        seed: args.seed,
        desks: args.crew.desks().to_vec(),
        outages: plan.outages,
        end,
        started,
    };
    world.tell(day)
}

/// What is still to happen. People who were given another time come at that time: steps may be added.
pub(crate) struct Queue {
    steps: BTreeMap<(CivilMinute, u32), Act>,
    next: u32,
}

impl Queue {
    fn of(plan: &Plan) -> Self {
        let mut queue = Self {
            steps: BTreeMap::new(),
            next: 0,
        };
        for step in &plan.steps {
            queue.push(step.at, step.act.clone());
        }
        queue
    }

    /// After everything that happens in the same minute and is known already.
    pub(crate) fn push(&mut self, at: CivilMinute, act: Act) {
        self.steps.insert((at, self.next), act);
        self.next = self.next.saturating_add(1);
    }

    fn next(&mut self) -> Option<(CivilMinute, Act)> {
        self.steps.pop_first().map(|((at, _), act)| (at, act))
    }
}
