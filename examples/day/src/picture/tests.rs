use super::*;
use crate::story::{End, sample};
use std::collections::BTreeSet;

#[test]
fn every_confirmed_booking_and_every_place_is_in_the_picture() {
    let story = sample::story(40, 7);
    let svg = svg(&story);
    for row in &story.rows {
        assert!(
            svg.contains(&format!(">{}</text>", row.name)),
            "{}",
            row.name
        );
    }
    for booking in story
        .bookings
        .iter()
        .filter(|booking| !booking.got().is_empty())
    {
        assert!(svg.contains(&format!("<title>{}: ", story.name(booking.who))));
    }
    let waiting = story
        .bookings
        .iter()
        .filter(|booking| matches!(booking.end, End::Waiting(_)));
    let lines = svg.matches("class=\"wait\"").count();
    assert!(
        lines > waiting.clone().count(),
        "one line for each unit and one in the key"
    );
}

#[test]
fn it_names_and_describes_itself_to_those_who_do_not_see_it() {
    let svg = svg(&sample::story(8, 7));
    assert!(svg.contains("role=\"img\" aria-labelledby=\"day-title day-words\""));
    assert!(svg.contains(
        "<title id=\"day-title\">A day at Kallion kirjasto, Tuesday 16 June 2026</title>"
    ));
    assert!(svg.contains("All 9 devices agree."));
}

#[test]
fn it_is_well_formed_whatever_people_are_called() {
    let mut story = sample::story(12, 3);
    for person in &mut story.people {
        person.name = "<b onload='x'>&\"\u{7}".into();
    }
    well_formed(&svg(&story));
}

#[test]
fn nothing_is_drawn_beside_the_picture() {
    for seed in 0..10 {
        let svg = svg(&sample::story(60, seed));
        for attribute in [" x=\"", " x1=\"", " x2=\"", " cx=\""] {
            for value in svg.split(attribute).skip(1) {
                let x: f64 = value.split('"').next().unwrap().parse().unwrap();
                assert!((0.0..=WIDTH).contains(&x), "{attribute}{x}");
            }
        }
    }
}

#[test]
fn several_devices_that_decide_have_a_line_each_and_a_lost_one_a_gap() {
    let alone = svg(&sample::story(12, 7));
    assert!(!alone.contains("DEVICES THAT DECIDE"));
    let lost = svg(&sample::with_loss());
    well_formed(&lost);
    for line in ["kiosk", "tablet", "hub", "lost 15:40"] {
        assert!(lost.contains(&format!(">{line}</text>")), "{line}");
    }
    assert!(lost.contains("<title>by itself 14:05–15:40</title>"));
    assert!(lost.contains("<title>lost 15:40, replaced 16:10</title>"));
    assert!(lost.contains("A promise of the lost device was forgotten."));
}

#[test]
fn rows_do_not_run_into_one_another() {
    let story = sample::story(120, 5);
    let layout = Layout::of(&story);
    for (row, next) in layout.rows.iter().zip(layout.rows.iter().skip(1)) {
        assert!(
            row.top + row.height < next.top,
            "{} and {}",
            row.unit,
            next.unit
        );
    }
    assert_eq!(
        layout
            .rows
            .iter()
            .map(|row| row.unit)
            .collect::<BTreeSet<_>>()
            .len(),
        23
    );
}

/// As XML has it; the page is written so that it is that too.
pub(crate) fn well_formed(text: &str) {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    if let Err(error) = roxmltree::Document::parse_with_options(text, options) {
        panic!("{error}");
    }
}
