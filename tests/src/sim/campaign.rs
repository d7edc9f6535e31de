//! Run after run, seed after seed.

use super::counts::Counts;
use super::op::Op;
use super::plan::Plan;
use super::run::{Event, Run};
use super::shrink::Story;

/// Events of one run, besides the last, which settles it.
pub const EVENTS: usize = 300;

/// What came of many runs.
#[derive(Debug)]
pub struct Campaign {
    /// How many runs there were.
    pub runs: u64,
    /// How many events in all.
    pub steps: usize,
    /// How often what is interesting happened.
    pub counts: Counts,
    /// The first failure, made small.
    pub failure: Option<Story>,
}

/// The events of a plan: so many, then everything comes to rest.
pub fn events(plan: &Plan, count: usize) -> Vec<Event> {
    let mut events: Vec<Event> = plan.ops(count).into_iter().enumerate().collect();
    events.push((count, Op::Settle));
    events
}

impl Campaign {
    /// Plays seed after seed until there were that many events, something fails, or `stop` says so.
    pub fn of(first: u64, steps: usize, mut stop: impl FnMut(&Self) -> bool) -> Self {
        let (runs, counts) = (0, Counts::default());
        let mut campaign = Self {
            runs,
            steps: 0,
            counts,
            failure: None,
        };
        while campaign.steps < steps && campaign.failure.is_none() && !stop(&campaign) {
            let plan = Plan::of(first + campaign.runs);
            let events = events(&plan, EVENTS);
            let played = Run::of(&plan).play(&events, None);
            campaign.runs += 1;
            campaign.steps += played.steps;
            campaign.counts.join(&played.counts);
            campaign.failure = played
                .failure
                .map(|failure| Story::shrink(&plan, &events, None, failure));
        }
        campaign
    }
}
