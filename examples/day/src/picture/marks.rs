//! Bookings, unmet wishes, arrows and closures.

use super::canvas::{Box, Canvas};
use super::layout::{Layout, Unmet, UnmetKind, unmet};
use crate::clock;
use crate::story::{Booking, End, Span, Story};

/// How wide a letter of a name is, about.
const LETTER: f64 = 6.6;

pub(super) fn draw(canvas: &mut Canvas, story: &Story, layout: &Layout) {
    closures(canvas, story, layout);
    let unmet = unmet(story);
    for wish in &unmet {
        line(canvas, story, layout, wish);
    }
    for booking in &story.bookings {
        for span in booking.got() {
            given_back(canvas, story, layout, booking, span);
        }
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

/// What a person was told about when they point at it.
fn hint(story: &Story, booking: &Booking, span: &Span) -> String {
    let held = booking.really_held(span);
    let late = held.filter(|held| held.start() > span.interval.start());
    let from = late.map_or(String::new(), |held| {
        format!(" from {}", clock::time(held.start()))
    });
    format!(
        "{}: {} {}{from}, {}",
        story.name(booking.who),
        story.place(span.unit),
        clock::span(span.interval),
        booking.ended()
    )
}

/// The outline of a place to which nobody came: behind whatever it was given to next.
fn given_back(canvas: &mut Canvas, story: &Story, layout: &Layout, booking: &Booking, span: &Span) {
    let until = booking.held.last().and_then(|held| held.until);
    let (Some(until), Some(place)) = (until, layout.bar(span.unit, span.interval)) else {
        return;
    };
    canvas.rect("gone", place.inside(0.7), 4.0, &hint(story, booking, span));
    let left = layout.x(until).max(place.x) + 5.0;
    let who = story.name(booking.who);
    if left + width(who) <= place.x + place.width {
        canvas.text("name gone-name", left, place.middle() + 4.1, who);
    }
}

fn bar(canvas: &mut Canvas, story: &Story, layout: &Layout, booking: &Booking, span: &Span) {
    let Some((held, place)) = booking
        .really_held(span)
        .and_then(|held| Some((held, layout.bar(span.unit, held)?)))
    else {
        return;
    };
    let kept = layout.bar(span.unit, span.occupied);
    if let Some(kept) = kept.filter(|kept| kept.width > place.width && booking.end != End::NoShow) {
        let before = held.start() == span.interval.start();
        let left = if before { kept.x } else { place.x };
        let strip = Box {
            x: left,
            y: place.y + 6.0,
            height: 9.0,
            width: kept.x + kept.width - left,
        };
        canvas.rect("buffer", strip, 2.0, "kept free before and after");
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
    canvas.rect(&class, place, 4.0, &hint(story, booking, span));
    if booking.end == End::NoShow {
        return;
    }
    let who = story.name(booking.who);
    // An arrow in front of the name says "moved" to those who do not see the colour.
    let long = if booking.was_moved() {
        format!("→ {who}")
    } else {
        who.to_owned()
    };
    let label = [long.as_str(), who]
        .into_iter()
        .find(|words| width(words) <= place.width);
    if let Some(label) = label {
        let class = if booking.end == End::CheckedIn {
            "name"
        } else {
            "name out"
        };
        canvas.text(class, place.x + 6.0, place.middle() + 4.1, label);
    }
}

/// How much room a name wants, about; names that do not fit are left to the hint.
fn width(words: &str) -> f64 {
    words.chars().count() as f64 * LETTER + 10.0
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
        let booking = story.bookings.get(wish.booking);
        let to = booking.and_then(|booking| {
            let got = booking.got().first()?;
            let held = booking.really_held(got).unwrap_or(got.interval);
            layout.bar(got.unit, held)
        });
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
