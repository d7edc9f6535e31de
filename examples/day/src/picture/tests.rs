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

/// Tags match, attributes are quoted, and nothing else uses the characters that XML keeps for itself.
pub(crate) fn well_formed(text: &str) {
    let mut open = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a loose > in {:?}", &rest[..at]);
        let end = at + rest[at..].find('>').unwrap();
        let tag = &rest[at + 1..end];
        assert!(
            !tag.contains('<') && tag.matches('"').count().is_multiple_of(2),
            "<{tag}>"
        );
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap()
            .to_owned();
        if let Some(stripped) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(stripped), "closed out of order");
        } else if !tag.ends_with('/')
            && !tag.starts_with('!')
            && !matches!(&*name, "meta" | "link" | "br")
        {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}
