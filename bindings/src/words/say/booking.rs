//! How a booking stands, and why.

use super::super::Words;
use crate::custody::Awaits;
use crate::explain::{BrokenBy, Decider, Explanation, Obstacle, OptionReport};
use crate::ids::Interval;
use crate::status::{Cause, Delivery, Hold, Outlook, Stage, Status, Wish};
use allkontor_core::id::UnitId;
use fluent_bundle::{FluentArgs, FluentValue};

/// Free times and units named in one line: what a small screen takes.
const MOST_NAMED: usize = 3;

impl Words {
    pub(in crate::words) fn say_status(&self, status: &Status) -> String {
        let stage = self.stage(&status.stage);
        let decided = !matches!(
            status.stage,
            Stage::Asked | Stage::Likely { .. } | Stage::Alternative { .. } | Stage::Waiting { .. }
        );
        let note = match status.delivery {
            _ if !decided && !status.holding.is_empty() => {
                say!(self, "still-holding", "place": self.held(&status.holding))
            }
            _ if decided => return stage,
            Delivery::Draft => say!(self, "delivery-draft"),
            Delivery::Carried => say!(self, "delivery-carried"),
            Delivery::Received => say!(self, "delivery-received"),
        };
        format!("{stage} {note}")
    }

    fn stage(&self, stage: &Stage) -> String {
        match stage {
            Stage::Asked => say!(self, "stage-asked"),
            Stage::Likely { holds } => say!(self, "stage-likely", "place": self.held(holds)),
            Stage::Alternative { holds } => {
                say!(self, "stage-alternative", "place": self.held(holds))
            }
            Stage::Waiting { number } => say!(self, "stage-waiting", "number": number.to_string()),
            Stage::Confirmed { holds } => say!(self, "stage-confirmed", "place": self.held(holds)),
            Stage::CheckedIn { holds } => {
                say!(self, "stage-checked-in", "place": self.held(holds))
            }
            Stage::Moved => say!(self, "stage-moved"),
            Stage::Released { cause } => {
                say!(self, "stage-released", "cause": self.say_cause(cause))
            }
            Stage::Declined { cause } => {
                say!(self, "stage-declined", "cause": self.say_cause(cause))
            }
            Stage::Withdrawn { cause, outlook } => {
                let cause = match cause {
                    Some(cause) => self.say_cause(cause),
                    None => say!(self, "cause-not-known"),
                };
                let outlook = self.outlook(outlook);
                say!(self, "stage-withdrawn", "cause": cause, "outlook": outlook)
            }
            Stage::Cancelled => say!(self, "stage-cancelled"),
        }
    }

    fn outlook(&self, outlook: &Outlook) -> String {
        match outlook {
            Outlook::Likely { holds } => say!(self, "stage-likely", "place": self.held(holds)),
            Outlook::Alternative { holds } => {
                say!(self, "stage-alternative", "place": self.held(holds))
            }
            Outlook::Waiting { number } => {
                say!(self, "stage-waiting", "number": number.to_string())
            }
        }
    }

    pub(in crate::words) fn say_explanation(&self, why: &Explanation) -> Vec<String> {
        let mut lines = vec![self.say_status(&why.status)];
        let got = match &why.status.stage {
            Stage::Confirmed { holds } | Stage::CheckedIn { holds } => wishes(holds),
            _ => Vec::new(),
        };
        let before = why
            .status
            .before
            .as_ref()
            .map(|before| wishes(&before.holds));
        if let Some(before) = before.filter(|before| !got.is_empty() && *before != got) {
            lines.push(say!(self, "moved-from", "place": self.place(&before)));
        }
        for broken in &why.broken {
            let key = match broken.why {
                BrokenBy::Unheard { honoured: false } => "broken-unheard",
                BrokenBy::Unheard { honoured: true } => "broken-honoured",
                BrokenBy::Contradicted => "broken-contradicted",
            };
            lines.push(say!(self, key));
        }
        let lacking = why.options.iter().take_while(|option| option.wishes != got);
        for option in lacking {
            let mut reasons = self.reasons(option);
            reasons.dedup();
            let reason = reasons.join("; ");
            if !reason.is_empty() {
                let place = self.place(&option.wishes);
                lines.push(say!(self, "because-option", "place": place, "reason": reason));
            }
        }
        // That it is on its way, and its place in the queue, are said with how it stands.
        let said = |awaits: &&Awaits| matches!(awaits, Awaits::Delivery | Awaits::Place { .. });
        if let Some(awaits) = why.awaits.as_ref().filter(|awaits| !said(awaits)) {
            lines.push(self.say_awaits(awaits));
        }
        let gave_it_up = matches!(
            why.status.stage,
            Stage::Released {
                cause: Cause::Cancelled | Cause::Ended
            }
        );
        if gave_it_up {
            return lines;
        }
        for near in why.nearest.iter().filter(|near| !near.times.is_empty()) {
            let times: Vec<&Interval> = near.times.iter().take(MOST_NAMED).collect();
            let units = self.list(&near.units, |unit| self.say_unit(*unit));
            let times = self.list(&times, |time| self.say_span(**time));
            lines.push(say!(self, "nearest", "units": units, "times": times));
        }
        for equal in why.equals.iter().filter(|equal| !equal.units.is_empty()) {
            let units: Vec<UnitId> = equal.units.iter().map(|free| free.unit).collect();
            let named = units.get(..units.len().min(MOST_NAMED)).unwrap_or_default();
            let units = self.list(named, |unit| self.say_unit(*unit));
            lines.push(say!(self, "equals", "units": units));
        }
        lines
    }

    /// What it waits for.
    pub(in crate::words) fn say_awaits(&self, awaits: &Awaits) -> String {
        match awaits {
            Awaits::Delivery => say!(self, "awaits-delivery"),
            Awaits::Update { .. } => say!(self, "awaits-update"),
            Awaits::Place { number } => say!(self, "awaits-place", "number": number.to_string()),
            Awaits::WindowOpens { at } => {
                say!(self, "awaits-window", "at": self.say_moment(*at))
            }
            Awaits::Arrival => say!(self, "awaits-arrival"),
            Awaits::Decision { steward } => {
                say!(self, "awaits-decision", "device": self.say_steward(steward))
            }
            Awaits::Custodians { steward, holders } => {
                let holders = self.list(holders, |holder| self.say_steward(holder));
                let device = self.say_steward(steward);
                say!(self, "awaits-custodians", "device": device, "holders": holders)
            }
            Awaits::Nobody => say!(self, "awaits-nobody"),
        }
    }

    /// Why an option does not fit: the rules it breaks, else what is in the way.
    fn reasons(&self, option: &OptionReport) -> Vec<String> {
        if option.rules.is_empty() {
            let obstacles = option.obstacles.iter();
            return obstacles
                .map(|obstacle| self.say_obstacle(obstacle))
                .collect();
        }
        let rules = option.rules.iter().map(|rule| self.say_rule(rule));
        rules
            .map(|words| words.trim_end_matches('.').to_owned())
            .collect()
    }

    pub(in crate::words) fn say_obstacle(&self, obstacle: &Obstacle) -> String {
        match obstacle {
            Obstacle::NotBookable { .. } => say!(self, "in-the-way-not-bookable"),
            Obstacle::Confirmed { interval, .. } => {
                say!(self, "in-the-way-confirmed", "when": self.say_span(*interval))
            }
            Obstacle::Occupied {
                interval, cause, ..
            } => {
                let cause = self.say_cause(cause);
                say!(self, "in-the-way-occupied", "when": self.say_span(*interval), "cause": cause)
            }
            Obstacle::RankedBefore { by, .. } => match by {
                Decider::Victim => say!(self, "in-the-way-victim"),
                Decider::RevokedSigner => say!(self, "in-the-way-revoked-signer"),
                Decider::Draw => say!(self, "in-the-way-draw"),
                Decider::Earlier {
                    theirs,
                    ours,
                    last_contact,
                } => {
                    let key = if *last_contact {
                        "in-the-way-earlier-contact"
                    } else {
                        "in-the-way-earlier"
                    };
                    let (theirs, ours) = (self.say_moment(*theirs), self.say_moment(*ours));
                    say!(self, key, "theirs": theirs, "ours": ours)
                }
            },
        }
    }

    fn place(&self, wishes: &[Wish]) -> String {
        let units: Vec<UnitId> = wishes.iter().map(|wish| wish.unit).collect();
        let mut times: Vec<Interval> = wishes.iter().map(|wish| wish.interval).collect();
        times.dedup();
        let units = self.list(&units, |unit| self.say_unit(*unit));
        let when = self.list(&times, |time| self.say_span(*time));
        say!(self, "place", "units": units, "when": when)
    }

    fn held(&self, holds: &[Hold]) -> String {
        self.place(&wishes(holds))
    }
}

fn wishes(holds: &[Hold]) -> Vec<Wish> {
    let wish = |hold: &Hold| Wish {
        unit: hold.unit,
        interval: hold.interval,
    };
    holds.iter().map(wish).collect()
}
