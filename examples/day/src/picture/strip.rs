//! Who met how, under the rows; and whom, when several of the office's devices decide.

use super::canvas::{Box, Canvas};
use super::layout::Layout;
use crate::clock;
use crate::desks::{Loss, Party};
use crate::story::{Carrier, Meeting, Story};

const LINE: f64 = 19.0;

/// Draws the strip and returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, story: &Story, layout: &Layout) -> f64 {
    let mut y = layout.bottom + 22.0;
    heading(canvas, layout, y, "WHO MET HOW");
    for carrier in Carrier::ALL {
        y += LINE;
        line(canvas, story, layout, y, &carrier.to_string(), &|met| {
            met.carrier == carrier
        });
    }
    if story.desks.len() > 1 {
        y += LINE + 12.0;
        heading(
            canvas,
            layout,
            y,
            "DEVICES THAT DECIDE, AND WHO CAME TO THEM",
        );
        for desk in &story.desks {
            y += LINE;
            let same = |party: Party| {
                let met = party.desk();
                met == Some(*desk) || met == Some(desk.successor())
            };
            let lost = story.lost.as_ref().map(|lost| lost.loss);
            let lost = lost.filter(|loss| loss.desk == *desk);
            if let Some(loss) = &lost {
                gone(canvas, layout, y, loss);
            }
            line(canvas, story, layout, y, desk.name(), &|met| {
                same(met.one) || same(met.other)
            });
            if let Some(loss) = &lost {
                // Beside its name: over the line it would hide who came.
                let words = format!("lost {}", clock::time(loss.lost));
                canvas.text("closed-words r", layout.left() - 5.0, y + 4.0, &words);
            }
        }
    }
    y + LINE
}

fn heading(canvas: &mut Canvas, layout: &Layout, y: f64, words: &str) {
    canvas.line("rule", (22.0, y - 15.0), (layout.right(), y - 15.0));
    canvas.text("class", 22.0, y, words);
}

/// A dot for each meeting of a person's phone that is of that kind.
fn line(
    canvas: &mut Canvas,
    story: &Story,
    layout: &Layout,
    y: f64,
    name: &str,
    is_of: &dyn Fn(&Meeting) -> bool,
) {
    canvas.text("unit", 22.0, y + 4.0, name);
    canvas.line("grid half", (layout.left(), y), (layout.right(), y));
    let meetings = story
        .meetings
        .iter()
        .filter(|met| is_of(met) && layout.shows(met.at))
        // The office's own devices meet every quarter of an hour: that says nothing.
        .filter(|met| met.one.person().is_some());
    for (nth, met) in meetings.enumerate() {
        // Meetings of the same minute would hide one another.
        let nudge = [0.0, -3.0, 3.0, -1.5, 1.5]
            .get(nth % 5)
            .copied()
            .unwrap_or(0.0);
        let (class, radius) = if met.reached {
            ("met", 2.6)
        } else {
            ("missed", 3.0)
        };
        let words = hint(story, met);
        canvas.dot(class, layout.x(met.at), y + nudge, radius, &words);
    }
}

/// The time during which a device is by itself, and the time during which there is none.
fn gone(canvas: &mut Canvas, layout: &Layout, y: f64, loss: &Loss) {
    let band = |from, until| {
        let (x, right) = (layout.x(from), layout.x(until));
        Box {
            x,
            y: y - LINE / 2.0 + 1.0,
            width: right - x,
            height: LINE - 2.0,
        }
    };
    let words = format!(
        "by itself {}–{}",
        clock::time(loss.apart),
        clock::time(loss.lost)
    );
    canvas.rect("alone", band(loss.apart, loss.lost), 3.0, &words);
    let words = format!(
        "lost {}, replaced {}",
        clock::time(loss.lost),
        clock::time(loss.replaced)
    );
    let none = band(loss.lost, loss.replaced);
    canvas.rect("closed", none, 3.0, &words);
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
