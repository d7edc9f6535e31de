use super::tally::{Tally, Times};
use super::withhold::{Counted, share};
use super::*;
use proptest::prelude::*;
use std::array;

fn one_each(bookings: u64) -> Counted {
    Counted {
        places: bookings,
        bookings,
    }
}

fn parts() -> impl Strategy<Value = [u64; 4]> {
    prop::array::uniform4(prop_oneof![3 => 0..7_u64, 1 => 0..40_u64])
}

/// Every way to fill in what is withheld so that the parts add up to `whole`, told by how many ways there are for each
/// part. A part that is withheld is more than none: that much the report says itself.
fn fillings(figures: &[Figure; 4], whole: u64) -> Vec<[u64; 4]> {
    let mut all = vec![[0; 4]];
    for (place, figure) in figures.iter().enumerate() {
        let values: Vec<u64> = match figure {
            Figure::Count(count) => vec![*count],
            Figure::Withheld => (1..=whole).collect(),
        };
        all = all
            .into_iter()
            .flat_map(|row: [u64; 4]| {
                values.iter().map(move |value| {
                    let mut row = row;
                    row[place] = *value;
                    row
                })
            })
            .filter(|row| row.iter().sum::<u64>() <= whole)
            .collect();
    }
    all.retain(|row| row.iter().sum::<u64>() == whole);
    all
}

proptest! {
    #[test]
    fn nothing_that_is_withheld_can_be_worked_out_from_what_is_told(counts in parts(), smallest in 2..8_u32) {
        let whole: u64 = counts.iter().sum();
        prop_assume!(whole >= u64::from(smallest));
        let figures = share(Figure::Count(whole), counts.map(one_each), smallest);
        for (count, figure) in counts.iter().zip(&figures) {
            match figure {
                Figure::Count(told) => {
                    prop_assert_eq!(told, count);
                    prop_assert!(*count == 0 || *count >= u64::from(smallest), "{} is told", count);
                }
                Figure::Withheld => prop_assert!(*count > 0, "none is no secret"),
            }
        }
        let rest: u64 = counts.iter().zip(&figures)
            .filter(|(_, figure)| **figure == Figure::Withheld)
            .map(|(count, _)| count)
            .sum();
        prop_assert!(rest == 0 || rest >= u64::from(smallest), "a rest of {} is told", rest);
        let fillings = fillings(&figures, whole);
        prop_assert!(fillings.contains(&counts));
        for (place, figure) in figures.iter().enumerate() {
            let first = fillings[0][place];
            let is_certain = fillings.iter().all(|row| row[place] == first);
            // Of two parts that are withheld and are one each, or of groups of two, nothing hides that each is there.
            let is_least = rest == figures.iter().filter(|figure| **figure == Figure::Withheld).count() as u64;
            prop_assert!(
                *figure != Figure::Withheld || !is_certain || is_least,
                "{} of {:?} can only be {}", place, figures, first
            );
        }
    }

    #[test]
    fn what_grows_from_a_withheld_figure_is_withheld(counts in parts(), smallest in 2..8_u32) {
        let figures = share(Figure::Withheld, counts.map(one_each), smallest);
        for (count, figure) in counts.iter().zip(figures) {
            prop_assert_eq!(figure, if *count == 0 { Figure::Count(0) } else { Figure::Withheld });
        }
    }

    #[test]
    fn each_branch_of_a_report_adds_up(counts in parts(), more in parts()) {
        let tally = Tally {
            came: one_each(counts[0]),
            held: one_each(counts[1]),
            no_show: one_each(counts[2]),
            cancelled: one_each(counts[3]),
            declined: one_each(more[0]),
            displaced: one_each(more[1]),
            waiting: one_each(more[2]),
            use_by: Times {
                weekdays: array::from_fn(|day| counts.get(day).copied().map(one_each).unwrap_or_default()),
                ..Times::default()
            },
            ..Tally::default()
        };
        let told = tally.told(None, Text::default(), 1);
        let count = |figure: Figure| figure.count().unwrap();
        prop_assert_eq!(count(told.asked), count(told.booked) + count(told.cancelled) + count(told.unmet) + count(told.waiting));
        prop_assert_eq!(count(told.booked), count(told.came) + count(told.held) + count(told.no_show));
        prop_assert_eq!(count(told.unmet), count(told.declined) + count(told.displaced));
    }
}

#[test]
fn the_least_part_is_withheld_along_with_a_single_one_that_is_too_small() {
    let figures = share(Figure::Count(32), [20, 2, 10, 0].map(one_each), 5);
    let told = [
        Figure::Count(20),
        Figure::Withheld,
        Figure::Withheld,
        Figure::Count(0),
    ];
    assert_eq!(figures, told);
}

#[test]
fn a_place_counts_by_the_bookings_it_was_in() {
    let four_desks = Counted {
        places: 40,
        bookings: 1,
    };
    let figures = share(
        Figure::Count(140),
        [four_desks, one_each(50), one_each(50)],
        5,
    );
    assert_eq!(figures[0], Figure::Withheld, "one association, forty desks");
}

#[test]
fn a_name_that_a_spreadsheet_would_run_is_text() {
    let month = Month::new(2026, 11).unwrap();
    let tally = Tally::default().told(Some(ClassId(7)), Text::new([("sv", "=SUM(A1,\"x\")")]), 5);
    let report = Report {
        first: month,
        last: month,
        smallest: 5,
        missing: vec![month],
        events: EventCounts::default(),
        classes: vec![tally],
        money: Vec::new(),
    };
    let csv = report.to_csv("sv");
    let mut lines = csv.split("\r\n");
    assert_eq!(lines.next(), Some("first,last,class,name,figure,at,value"));
    assert_eq!(
        lines.next(),
        Some("2026-11,2026-11,7,\"'=SUM(A1,\"\"x\"\")\",bookable_minutes,,0")
    );
    assert!(
        report
            .to_json()
            .contains("\"missing\": [\n    \"2026-11\"\n  ]")
    );
}

#[test]
fn at_a_limit_a_report_is_made_and_one_beyond_it_is_refused_in_plain_words() {
    let month = |year, month| Month::new(year, month).unwrap();
    let order = |last, smallest| {
        ReportOrder::new(month(2024, 1), last, smallest).map_err(|error| error.to_string())
    };
    assert!(order(month(2026, 12), MAX_SMALLEST_GROUP).is_ok());
    assert_eq!(
        order(month(2027, 1), 5).unwrap_err(),
        "a report from 2024-01 to 2027-01 has 37 months: at most 36 fit"
    );
    let beyond = "a smallest group of 1001 is not between 1 and 1000";
    assert_eq!(order(month(2024, 1), 1_001).unwrap_err(), beyond);
    assert!(order(month(2024, 1), 0).is_err());
}
