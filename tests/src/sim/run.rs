//! A run: the events of a plan, one after the other, each followed by a look at everything it touched.

use super::act::Came;
use super::counts::Counts;
use super::machine::Plant;
use super::op::{Op, Weather, Who};
use super::plan::Plan;
use super::violation::Violation;
use super::watch::Watch;
use super::world::World;
use sha2::{Digest as _, Sha256};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// An event with its place among those of its plan.
pub type Event = (usize, Op);

/// What came of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// How many events there were.
    pub steps: usize,
    /// A hash of everything that happened and was seen: equal for equal runs.
    pub trace: [u8; 32],
    /// How often what is interesting happened.
    pub counts: Counts,
    /// What must not happen, and the place of the event after which it was seen.
    pub failure: Option<(usize, Violation)>,
}

/// A run that is about to be played.
pub struct Run<'a> {
    /// What the seed decided.
    pub plan: &'a Plan,
    /// Who is left out.
    pub absent: BTreeSet<Who>,
    /// What is wrong and the simulator is not told of.
    pub plant: Option<Plant>,
}

impl<'a> Run<'a> {
    /// A run with everybody, and nothing planted.
    pub fn of(plan: &'a Plan) -> Self {
        let (absent, plant) = (BTreeSet::new(), None);
        Self {
            plan,
            absent,
            plant,
        }
    }

    /// Plays these events. `tell` is given every line of what happens and what it changed.
    pub fn play(&self, events: &[Event], mut tell: Option<&mut dyn FnMut(String)>) -> Played {
        hush();
        let mut watch = Watch::new(self.plant, tell.is_some());
        let (mut trace, mut steps, mut failure) = (Sha256::new(), 0, None);
        let opened = quietly(|| self.open(&mut watch));
        let mut world = match opened {
            Ok(world) => world,
            Err(violation) => {
                let (trace, counts) = (trace.finalize().into(), Counts::default());
                return Played {
                    steps,
                    trace,
                    counts,
                    failure: Some((0, violation)),
                };
            }
        };
        for (nth, op) in events {
            if op.who().iter().any(|who| self.absent.contains(who)) {
                continue;
            }
            steps += 1;
            let at = world.civil();
            let seen = quietly(|| step(&mut world, &mut watch, op));
            trace.update(format!("{nth} {op:?} {seen:?}"));
            if let Some(tell) = &mut tell {
                let idle = matches!(seen, Ok((Came::Nothing, _)));
                let idle = if idle { " (nothing comes of it)" } else { "" };
                tell(format!(
                    "{nth:>5}  {at}  {}{idle}",
                    op.tell(&self.plan.cast)
                ));
                watch
                    .notes()
                    .into_iter()
                    .for_each(|note| tell(format!("{:>26}{note}", "")));
            }
            if let Err(violation) = seen {
                failure = Some((*nth, violation));
                break;
            }
        }
        let trace = trace.finalize().into();
        let counts = std::mem::take(&mut world.counts);
        Played {
            steps,
            trace,
            counts,
            failure,
        }
    }

    /// The first morning: everybody comes by, hears of the office and gets tickets.
    fn open(&self, watch: &mut Watch) -> Result<World, Violation> {
        let mut world = World::found(self.plan, &self.absent, self.plant)?;
        let kiosk = world.nodes.keys().next().copied().unwrap_or_default();
        world.certify_further(kiosk)?;
        let others: Vec<Who> = world.nodes.keys().copied().skip(1).collect();
        for _ in 0..2 {
            for other in &others {
                world.meet(*other, kiosk, Weather::FAIR)?;
            }
        }
        watch.look(&mut world)?;
        watch.notes();
        Ok(world)
    }
}

fn step(world: &mut World, watch: &mut Watch, op: &Op) -> Result<(Came, Vec<u8>), Violation> {
    world.touched.clear();
    let came = world.act(op)?;
    world.power_back()?;
    for who in std::mem::take(&mut world.betrayed) {
        watch.forget(who);
        world.forget_asked(who)?;
    }
    Ok((came, watch.look(world)?))
}

thread_local! {
    static HUSHED: Cell<bool> = const { Cell::new(false) };
    static WHERE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics are found and told with the story; while they are looked for, they print nothing.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let loud = take_hook();
        set_hook(Box::new(move |panic| {
            WHERE.set(
                panic
                    .location()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            );
            if !HUSHED.get() {
                loud(panic);
            }
        }));
    });
}

fn quietly<T>(act: impl FnOnce() -> Result<T, Violation>) -> Result<T, Violation> {
    HUSHED.set(true);
    let came = catch_unwind(AssertUnwindSafe(act));
    HUSHED.set(false);
    came.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or(panic.downcast_ref::<&str>().map(ToString::to_string));
        let how = format!("{}: {}", WHERE.take(), text.unwrap_or_default());
        Err(Violation::new("a panic", how))
    })
}
