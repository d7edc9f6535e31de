//! Bookings, unmet wishes, arrows and closures.

use super::canvas::{Box, Canvas};
use super::layout::{Layout, Unmet, UnmetKind, unmet};
use crate::clock;
use crate::story::{Booking, End, Span, Story};

/// How wide a letter of a name is, about; names that do not fit are left to the hint.
const LETTER: f64 = 6.6;

pub(super) fn draw(canvas: &mut Canvas, story: &Story, layout: &Layout) {
    closures(canvas, story, layout);
    let unmet = unmet(story);
    for wish in &unmet {
        line(canvas, story, layout, wish);
    }
    for booking in &story.bookings {
        for span in booking.got() {
            bar(canvas, story, layout, booking, span);
        }
    }
    arrows(canvas, story, layout, &unmet);
}

fn closures(canvas: &mut Canvas, story: &Story, layout: &Layout) {
    for notice in &story.notices {
        let units = layout
            .rows
            .iter()
            .map(|row| row.unit)
            .filter(|unit| notice.unit.is_none_or(|u| u == *unit));
        for place in units.filter_map(|unit| layout.bar(unit, notice.interval)) {
            let words = format!("closed {}: {}", clock::span(notice.interval), notice.words);
            canvas.rect("closed", place, 4.0, &words);
            canvas.text("closed-words", place.x + 8.0, place.y + 15.0, &words);
        }
    }
}

fn bar(canvas: &mut Canvas, story: &Story, layout: &Layout, booking: &Booking, span: &Span) {
    let Some(place) = layout.bar(span.unit, span.interval) else {
        return;
    };
    let who = story.name(booking.who);
    let hint = format!(
        "{who}: {} {}, {}",
        story.place(span.unit),
        clock::span(span.interval),
        booking.ended()
    );
    if let Some(kept) = layout
        .bar(span.unit, span.occupied)
        .filter(|kept| kept.width > place.width)
    {
        canvas.rect(
            "buffer",
            Box {
                y: place.y + 6.0,
                height: 9.0,
                ..kept
            },
            2.0,
            "kept free before and after",
        );
    }
    let colour = if booking.was_moved() { "moved" } else { "got" };
    let class = match booking.end {
        End::NoShow => "absent".into(),
        End::Confirmed => format!("plain {colour}"),
        _ => colour.to_owned(),
    };
    let place = if booking.end == End::CheckedIn {
        place
    } else {
        place.inside(0.7)
    };
    canvas.rect(&class, place, 4.0, &hint);
    let fits = |words: &str| words.chars().count() as f64 * LETTER + 10.0 <= place.width;
    // An arrow in front of the name says "moved" to those who do not see the colour.
    let long = if booking.was_moved() {
        format!("→ {who}")
    } else {
        who.to_owned()
    };
    let label = [long.as_str(), who].into_iter().find(|words| fits(words));
    if let Some(label) = label {
        let class = if booking.end == End::CheckedIn {
            "name"
        } else {
            "name out"
        };
        canvas.text(class, place.x + 6.0, place.middle() + 4.1, label);
    }
}

fn line(canvas: &mut Canvas, story: &Story, layout: &Layout, wish: &Unmet) {
    let (Some(place), Some(booking)) = (layout.lane(wish), story.bookings.get(wish.booking)) else {
        return;
    };
    let class = match wish.kind {
        UnmetKind::Moved | UnmetKind::Own => "wish",
        UnmetKind::Waited => "wait",
        UnmetKind::Taken | UnmetKind::Declined => "no",
        UnmetKind::Cancelled => "gone",
    };
    let what = match wish.kind {
        UnmetKind::Moved => "wished, and got something equal".to_owned(),
        UnmetKind::Own => "wished first, then asked for another time".to_owned(),
        UnmetKind::Taken => "had it until it closed".to_owned(),
        UnmetKind::Waited | UnmetKind::Declined | UnmetKind::Cancelled => {
            booking.ended().to_owned()
        }
    };
    let who = story.name(booking.who);
    let hint = format!(
        "{who}: {} {}, {what}",
        story.place(wish.span.unit),
        clock::span(wish.span.interval)
    );
    canvas.rect(class, place, 2.0, &hint);
}

fn arrows(canvas: &mut Canvas, story: &Story, layout: &Layout, unmet: &[Unmet]) {
    let mut last = None;
    for wish in unmet {
        let class = match wish.kind {
            UnmetKind::Moved => "arrow",
            UnmetKind::Own => "arrow own",
            UnmetKind::Taken => "arrow taken",
            _ => continue,
        };
        // Several units that were wished together move together: one arrow says it.
        if last.replace((wish.booking, wish.kind)) == Some((wish.booking, wish.kind)) {
            continue;
        }
        let from = layout.lane(wish);
        let got = story
            .bookings
            .get(wish.booking)
            .and_then(|booking| booking.got().first());
        let to = got.and_then(|got| layout.bar(got.unit, got.interval));
        if let (Some(from), Some(to)) = (from, to) {
            let below = from.y > to.y;
            let end = to.y
                + if below {
                    to.height * 0.7
                } else {
                    to.height * 0.3
                };
            canvas.arrow(class, (from.x, from.middle()), (to.x - 1.0, end));
        }
    }
}
