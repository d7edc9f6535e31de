//! libical's recurrence rules: what is in our subset gives its instances, the rest is refused.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use allkontor_core::limits::MAX_SERIES_DATES;
use allkontor_core::series::Series;
use allkontor_core::time::{CivilMinute, Interval, Zone};

const CASES: &str = include_str!("../../tests/data/libical_icalrecur_test.txt");

struct Case {
    rule: &'static str,
    start: &'static str,
    instances: &'static str,
}

fn cases() -> Vec<Case> {
    let after = |block: &'static str, name: &str| {
        let mut lines = block.lines();
        lines
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
    };
    let blocks = CASES.split("\n\n").filter(|block| block.contains("RRULE:"));
    let case = |block| {
        Some(Case {
            rule: after(block, "RRULE:")?,
            start: after(block, "DTSTART:")?,
            instances: after(block, "INSTANCES:")?,
        })
    };
    blocks.map(|block| case(block).unwrap()).collect()
}

/// `19970902`, `19970902T090000` or `19970902T090000Z`, which UTC makes civil time.
fn minute(text: &str) -> CivilMinute {
    let number = |from: usize| {
        text.get(from..from + 2)
            .map_or(0, |two| two.parse().unwrap())
    };
    let year = text.get(..4).unwrap().parse().unwrap();
    CivilMinute::from_ymd_hm(year, number(4), number(6), number(9), number(11)).unwrap()
}

/// Said again, by name, so that the parser cannot widen or narrow its subset unnoticed.
fn in_our_subset(rule: &str) -> bool {
    let parts: Vec<(&str, &str)> = rule
        .split(';')
        .filter_map(|part| part.split_once('='))
        .collect();
    let has = |name| parts.iter().any(|(part, _)| *part == name);
    let any_limit = has("BYDAY") || has("BYMONTHDAY");
    let known = [
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "WKST",
        "BYDAY",
        "BYMONTHDAY",
        "BYSETPOS",
    ];
    parts.iter().all(|(name, _)| known.contains(name))
        && (has("COUNT") != has("UNTIL"))
        && match parts.iter().find(|(part, _)| *part == "FREQ").unwrap().1 {
            "DAILY" => !(has("BYSETPOS") || any_limit && has("INTERVAL")),
            "WEEKLY" => !has("BYMONTHDAY"),
            "MONTHLY" => true,
            _ => false,
        }
}

#[test]
fn every_rule_of_our_subset_gives_libicals_instances_and_every_other_is_refused() {
    let utc = Zone::new("UTC").unwrap();
    let (mut exact, mut too_long, mut refused) = (0, 0, 0);
    for Case {
        rule,
        start,
        instances,
    } in cases()
    {
        let start = minute(start);
        let first = Interval::new(start, start.plus(50).unwrap()).unwrap();
        let series = match Series::from_rrule(first, rule, utc) {
            Ok(series) => series,
            Err(error) => {
                assert!(!in_our_subset(rule), "{rule}: {error}");
                refused += 1;
                continue;
            }
        };
        assert!(in_our_subset(rule), "{rule} was read");
        assert_eq!(
            Series::from_rrule(first, &series.to_rrule(utc), utc).as_ref(),
            Ok(&series),
            "{rule}"
        );
        let listed: Vec<CivilMinute> = instances.split(',').map(minute).collect();
        match series.expand() {
            Ok(dates) => {
                let starts: Vec<CivilMinute> = dates.iter().map(|date| date.start()).collect();
                assert_eq!(starts, listed, "{rule}");
                assert!(dates.iter().all(|date| date.minutes() == 50), "{rule}");
                exact += 1;
            }
            Err(error) => {
                assert!(listed.len() > MAX_SERIES_DATES, "{rule}: {error}");
                assert_eq!(
                    error.last,
                    listed[MAX_SERIES_DATES - 1].to_naive().date(),
                    "{rule}"
                );
                too_long += 1;
            }
        }
    }
    // The file is pinned, so nothing can be skipped unseen: 146 rules, one of them daily for four months.
    assert_eq!((exact, too_long, refused), (44, 1, 101));
}
