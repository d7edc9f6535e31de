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
fn columns_stand_under_one_another() {
    let report = report(&sample::story(40, 7), Ink::PLAIN);
    let columns = |line: &str| line.find(" likely → ").map(|at| line[..at].chars().count());
    let starts: std::collections::BTreeSet<_> = report.lines().filter_map(columns).collect();
    // A time of the evening before has its weekday in front.
    assert!(starts.len() <= 2, "{starts:?}");
}
