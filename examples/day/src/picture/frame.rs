//! The head, the rows and the hours.

use super::canvas::{Box, Canvas};
use super::layout::Layout;
use super::{WIDTH, verdict};
use crate::clock;
use crate::story::Story;

pub(super) fn head(canvas: &mut Canvas, story: &Story) {
    canvas.rect(
        "paper",
        Box {
            x: 0.0,
            y: 0.0,
            width: WIDTH,
            height: 10_000.0,
        },
        0.0,
        "",
    );
    let name = story
        .office
        .names
        .first()
        .map_or("the office", String::as_str);
    canvas.text("h1", 22.0, 42.0, &format!("A day at {name}"));
    let t = &story.totals;
    let open: Vec<String> = story
        .office
        .open
        .iter()
        .map(|open| clock::span(*open))
        .collect();
    let phones = if t.phones == 1 {
        "1 phone".into()
    } else {
        format!("{} phones", t.phones)
    };
    let facts = format!(
        "{} · open {} · {phones}, {} · seed {}",
        clock::date(story.office.day),
        open.join(" and "),
        story.crew(),
        story.seed
    );
    canvas.text("h2", 22.0, 64.0, &facts);
    let counts = format!(
        "{} bookings asked for: {} confirmed, {} moved, {} had to wait",
        t.requests, t.confirmed, t.moved, t.waiting
    );
    canvas.text("h2 r", WIDTH - 22.0, 64.0, &counts);
    let promise = format!(
        "{} confirmations broken · {} double bookings · {}",
        t.broken_promises,
        t.double_bookings,
        verdict(story).trim_end_matches('.').to_lowercase()
    );
    canvas.text(
        if story.holds() { "good r" } else { "bad r" },
        WIDTH - 22.0,
        40.0,
        &promise,
    );
}

pub(super) fn grid(canvas: &mut Canvas, story: &Story, layout: &Layout) {
    let (top, bottom) = (layout.top() - 4.0, layout.bottom);
    for (row, place) in story.rows.iter().zip(&layout.rows) {
        if let Some(heading) = &place.heading {
            canvas.line(
                "rule",
                (22.0, place.top - 20.0),
                (layout.right(), place.top - 20.0),
            );
            canvas.text("class", 22.0, place.top - 7.0, &heading.to_uppercase());
        }
        let band = Box {
            x: layout.left(),
            y: place.top - 1.0,
            width: layout.right() - layout.left(),
            height: place.height + 2.0,
        };
        canvas.rect("band", band, 3.0, "");
        canvas.text("unit", 22.0, place.top + 15.0, &row.name);
    }
    for (index, hour) in layout.hours().enumerate() {
        let x = layout.x(hour);
        canvas.line("grid", (x, top), (x, bottom));
        let class = if index == 0 { "hour" } else { "hour c" };
        canvas.text(class, x, top - 8.0, &clock::time(hour));
    }
    if let Some(opens) = story.office.open.first() {
        let shut = Box {
            x: layout.left(),
            y: top,
            width: layout.x(opens.start()) - layout.left(),
            height: bottom - top,
        };
        canvas.rect("shut", shut, 0.0, "not open yet: people book at home");
    }
    for outage in &story.outages {
        let (x, right) = (layout.x(outage.start()), layout.x(outage.end()));
        let cut = Box {
            x,
            y: top - 26.0,
            width: right - x,
            height: bottom - top + 26.0,
        };
        canvas.rect(
            "cut",
            cut,
            0.0,
            &format!("no network {}", clock::span(*outage)),
        );
        canvas.text("cut-words c", (x + right) / 2.0, top - 30.0, "no network");
    }
}
