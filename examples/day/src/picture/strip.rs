//! Who met how, under the rows.

use super::canvas::Canvas;
use super::layout::Layout;
use crate::clock;
use crate::story::{Carrier, Meeting, Story};

const LINE: f64 = 19.0;

/// Draws the strip and returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, story: &Story, layout: &Layout) -> f64 {
    let top = layout.bottom + 22.0;
    canvas.line("rule", (22.0, top - 15.0), (layout.right(), top - 15.0));
    canvas.text("class", 22.0, top, "WHO MET HOW");
    for (index, carrier) in Carrier::ALL.into_iter().enumerate() {
        let y = top + LINE * (index as f64 + 1.0);
        canvas.text("unit", 22.0, y + 4.0, &carrier.to_string());
        canvas.line("grid half", (layout.left(), y), (layout.right(), y));
        let meetings = story
            .meetings
            .iter()
            .filter(|met| met.carrier == carrier && layout.shows(met.at))
            // The office's own devices meet every quarter of an hour: that says nothing.
            .filter(|met| met.one.person().is_some());
        for (nth, met) in meetings.enumerate() {
            // Meetings of the same minute would hide one another.
            let nudge = [0.0, -3.0, 3.0, -1.5, 1.5]
                .get(nth % 5)
                .copied()
                .unwrap_or(0.0);
            let class = if met.reached { "met" } else { "missed" };
            let radius = if met.reached { 2.6 } else { 3.0 };
            canvas.dot(
                class,
                layout.x(met.at),
                y + nudge,
                radius,
                &hint(story, met),
            );
        }
    }
    top + LINE * (Carrier::ALL.len() as f64 + 1.0)
}

fn hint(story: &Story, met: &Meeting) -> String {
    let came = if met.reached {
        format!("{} bytes", met.bytes)
    } else {
        "no network".to_owned()
    };
    format!(
        "{} {} and {}, {}: {came}",
        clock::time(met.at),
        story.device(met.one),
        story.device(met.other),
        met.carrier
    )
}
