//! What is read of events.

use super::Words;
use crate::event::{EventInfo, EventStage};
use fluent_bundle::{FluentArgs, FluentValue};

impl Words {
    /// An event's title; something in its place when that has not come, or was erased.
    pub(crate) fn say_title(&self, title: Option<&str>) -> String {
        title.map_or_else(|| say!(self, "an-event"), str::to_owned)
    }

    pub(super) fn say_event(&self, event: &EventInfo) -> String {
        let dates = self.list(&event.dates, |date| self.say_span(date.interval));
        let mut lines = vec![match &event.title {
            Some(title) => say!(self, "event", "title": title.as_str(), "dates": dates),
            None => say!(self, "event-without-text", "dates": dates),
        }];
        lines.push(match &event.stage {
            EventStage::Proposed => say!(self, "event-proposed"),
            EventStage::Approved => say!(self, "event-approved"),
            EventStage::Open => say!(self, "event-open"),
            EventStage::Withdrawn => say!(self, "event-withdrawn"),
            EventStage::CalledOff { cause } => {
                say!(self, "event-called-off", "cause": self.say_cause(cause))
            }
        });
        let only = match event.dates.as_slice() {
            [date] if event.seats.is_some() => Some(date),
            _ => None,
        };
        if let Some(date) = only.filter(|_| event.stage == EventStage::Open) {
            lines.push(say!(self, "event-left", "left": date.left));
        }
        lines.join(" ")
    }
}
