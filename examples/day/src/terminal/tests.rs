use super::*;
use crate::story::sample;
use allkontor_core::id::Digest;

#[test]
fn a_file_gets_no_colours_and_a_terminal_gets_the_same_words() {
    let story = sample::story(8, 7);
    let (plain, coloured) = (report(&story, Ink::PLAIN), report(&story, Ink::COLOURED));
    assert!(!plain.contains('\u{1b}'));
    let mut stripped = String::new();
    for part in coloured.split('\u{1b}') {
        stripped.push_str(
            part.split_once('m')
                .filter(|_| part.starts_with('['))
                .map_or(part, |(_, words)| words),
        );
    }
    assert_eq!(stripped, plain);
}

#[test]
fn each_booking_is_told_in_order_with_its_reason() {
    let story = sample::story(8, 7);
    let report = report(&story, Ink::PLAIN);
    let told = report
        .lines()
        .filter(|line| line.contains("likely → "))
        .collect::<Vec<_>>();
    assert_eq!(told.len(), story.bookings.len());
    assert!(
        told.iter()
            .all(|line| line.ends_with("confirmed: Birch is confirmed to <someone> else")),
        "{told:#?}"
    );
}

#[test]
fn the_last_line_says_whether_every_promise_held() {
    let mut story = sample::story(8, 7);
    let last = |story: &Story| report(story, Ink::PLAIN).lines().last().unwrap().to_owned();
    assert_eq!(
        last(&story),
        format!(
            "0 confirmations broken, 0 double bookings, all 9 devices agree: {}",
            "07".repeat(32)
        )
    );
    story.digests.insert("phone 03".into(), Digest([8; 32]));
    assert_eq!(
        last(&story),
        "0 confirmations broken, 0 double bookings, the 9 devices do not agree"
    );
    assert!(!story.holds());
}

#[test]
fn each_promise_of_a_lost_device_is_told_with_what_became_of_it() {
    let mut story = sample::with_loss();
    let told = report(&story, Ink::PLAIN);
    let from = told.find("What the tablet had promised").unwrap();
    let section = told[from..].split("\n\n").next().unwrap();
    let lines: Vec<&str> = section.lines().collect();
    assert_eq!(lines.len(), 2 + story.lost.as_ref().unwrap().promises.len());
    assert_eq!(
        lines[1],
        "By itself from 14:05, lost at 15:40, replaced at 16:10 by the new tablet. \
         It had confirmed 10 bookings that stood; of 5 the office had not heard."
    );
    assert!(
        lines[4].ends_with(
            "Birch 17:00–18:00  unheard of: came first in line, and was moved to Spruce, told at 16:30"
        ),
        "{}",
        lines[4]
    );
    assert!(told.contains("3 promises of the tablet changed on a phone"));
    assert!(told.contains(", a promise of the lost device forgotten, "));
    let lost = story.lost.as_mut().unwrap();
    lost.promises
        .retain(|promise| promise.outcome != Outcome::Forgotten);
    assert!(story.holds());
    assert!(!report(&story, Ink::PLAIN).contains("forgotten"));
}

#[test]
fn columns_stand_under_one_another() {
    let report = report(&sample::story(40, 7), Ink::PLAIN);
    let columns = |line: &str| line.find(" likely → ").map(|at| line[..at].chars().count());
    let starts: std::collections::BTreeSet<_> = report.lines().filter_map(columns).collect();
    // A time of the evening before has its weekday in front.
    assert!(starts.len() <= 2, "{starts:?}");
}
