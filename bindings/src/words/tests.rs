use super::*;
use std::collections::BTreeSet;

/// The ids of a language's messages.
fn keys(text: &str) -> BTreeSet<&str> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with([' ', '#', '}']));
    lines
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .collect()
}

/// The stable codes that a source file spells.
fn codes(source: &str) -> BTreeSet<String> {
    let arms = source.lines().filter(|line| line.contains("=> \""));
    let codes = arms.filter_map(|line| line.split('"').nth(1));
    codes
        .map(|code| format!("error-{}", code.replace('_', "-")))
        .collect()
}

/// Everything that asks for messages.
const SOURCES: [&str; 10] = [
    include_str!("say.rs"),
    include_str!("say/booking.rs"),
    include_str!("say/rule.rs"),
    include_str!("office.rs"),
    include_str!("commons.rs"),
    include_str!("rental.rs"),
    include_str!("event.rs"),
    include_str!("ics.rs"),
    include_str!("money.rs"),
    include_str!("people.rs"),
];

#[test]
fn every_language_says_the_same_things() {
    let files = book::files();
    assert!(files.len() >= 2);
    let english = keys(files.iter().find(|(tag, _)| *tag == "en").unwrap().1);
    for (tag, text) in files {
        let these = keys(text);
        let different: Vec<_> = english.symmetric_difference(&these).collect();
        assert!(different.is_empty(), "{tag} and en differ in {different:?}");
        let book = book::of(tag);
        assert_eq!(book.tag(), *tag, "{tag} could not be read");
        assert!(these.iter().all(|key| book.has(key)), "{tag}");
    }
}

#[test]
fn every_code_has_words() {
    let sources = [
        include_str!("../../../core/src/error/code.rs"),
        include_str!("../../../core/src/device/error.rs"),
        include_str!("../../../core/src/command/change.rs"),
        include_str!("../../../core/src/command/series.rs"),
        include_str!("../../../core/src/command/money.rs"),
        include_str!("../../../core/src/command/event/error.rs"),
        include_str!("../../../core/src/command/account.rs"),
        include_str!("../../../core/src/command/commons.rs"),
        include_str!("../../../core/src/command/host.rs"),
        include_str!("../../../core/src/command/remark.rs"),
        include_str!("../../../core/src/command/roster.rs"),
    ];
    let english = keys(
        book::files()
            .iter()
            .find(|(tag, _)| *tag == "en")
            .unwrap()
            .1,
    );
    let mut codes: BTreeSet<String> = sources.iter().flat_map(|source| codes(source)).collect();
    assert!(codes.len() > 25, "{codes:?}");
    let own = [
        include_str!("../error.rs"),
        include_str!("../ids.rs"),
        include_str!("../visit.rs"),
        include_str!("../desk.rs"),
        include_str!("../alarms.rs"),
        include_str!("../cards.rs"),
        include_str!("../osm.rs"),
        include_str!("../rental.rs"),
        include_str!("../code.rs"),
        include_str!("../people.rs"),
        include_str!("../loan.rs"),
        include_str!("../ics.rs"),
        include_str!("../import.rs"),
        include_str!("../schema.rs"),
        include_str!("../archive.rs"),
        include_str!("../backup.rs"),
        include_str!("../device.rs"),
        include_str!("../directory.rs"),
        include_str!("../money.rs"),
        include_str!("../report.rs"),
    ];
    for source in own {
        for call in ["argument(", "bad_bytes(", "missing("] {
            let after = source.split(call).skip(1);
            let literals = after.filter_map(|rest| rest.trim_start().strip_prefix('"'));
            let literals = literals.filter_map(|rest| rest.split('"').next());
            codes.extend(literals.map(|code| format!("error-{}", code.replace('_', "-"))));
        }
    }
    codes.extend(["panic", "closed"].map(|code| format!("error-{code}")));
    let wordless: Vec<_> = codes
        .iter()
        .filter(|key| !english.contains(key.as_str()))
        .collect();
    assert!(wordless.is_empty(), "no words for {wordless:?}");
    let known = english
        .iter()
        .filter(|key| key.starts_with("error-") && **key != "error-unknown");
    let stale: Vec<_> = known.filter(|key| !codes.contains(**key)).collect();
    assert!(stale.is_empty(), "words for no code: {stale:?}");
}

#[test]
fn every_rule_of_the_catalogue_has_a_short_form() {
    use allkontor_core::model;
    for number in 1.. {
        let Some(key) = model::Rule::key(number) else {
            assert!(number > 19);
            break;
        };
        let cause = Cause::ByRule {
            number,
            key: Some(key.to_owned()),
        };
        for tag in book::tags() {
            let words = Words::of(tag.to_owned(), None);
            let later = words.say_cause(&Cause::Later { number: 99 });
            assert_ne!(words.say_cause(&cause), later, "{tag}: {key}");
        }
    }
}

#[test]
fn p5_a_refusal_says_which_guidelines_are_to_be_accepted() {
    use allkontor_core::model;
    let (version, accepted) = (3, None);
    let number = model::Rule::Guidelines { version, accepted }.code();
    assert_eq!(number, people::GUIDELINES);
    let key = model::Rule::key(number).map(str::to_owned);
    let words = Words::of("en".to_owned(), None);
    let said = words.say_cause(&Cause::ByRule { number, key });
    assert_eq!(said, "the guidelines are to be accepted first");
}

#[test]
fn dates_are_said_in_the_way_of_the_place() {
    let at = |hour| CivilMinute::from_ymd_hm(2026, 11, 24, hour, 30).unwrap();
    let span = Interval {
        start: at(14),
        end: at(16),
    };
    let said = |tag: &str| Words::of(tag.to_owned(), None).say_span(span);
    assert_eq!(said("sv-FI"), "tisdag 24 november kl. 14.30–16.30");
    assert_eq!(said("en_GB"), "Tuesday 24 November, 14:30–16:30");
    assert_eq!(said("fi"), said("en"), "no such language: English");
    let late = Interval {
        start: at(22),
        end: CivilMinute::from_ymd_hm(2026, 11, 25, 0, 0).unwrap(),
    };
    let words = Words::of("sv".to_owned(), None);
    assert_eq!(words.say_span(late), "tisdag 24 november kl. 22.30–00.00");
    let rent = Interval {
        start: at(8),
        end: CivilMinute::from_ymd_hm(2026, 12, 24, 8, 30).unwrap(),
    };
    let said = "tisdag 24 november kl. 08.30 till torsdag 24 december kl. 08.30";
    assert_eq!(words.say_span(rent), said);
}

#[test]
fn every_message_is_asked_for_and_every_one_asked_for_is_there() {
    let source = SOURCES.concat();
    let (_, english) = book::files().iter().find(|(tag, _)| *tag == "en").unwrap();
    let english = keys(english);
    // Literals that are no name of an argument, which a colon follows.
    let parts: Vec<&str> = source.split('"').collect();
    let literals = parts.iter().zip(parts.iter().skip(1)).skip(1).step_by(2);
    let asked: BTreeSet<&str> = literals
        .filter(|(literal, after)| !after.starts_with(':') && !literal.contains(['{', ' ']))
        .map(|(literal, _)| *literal)
        .filter(|literal| literal.len() > 1)
        .collect();
    assert!(asked.len() > 90, "{asked:?}");
    let missing: Vec<_> = asked.difference(&english).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
    let made = ["weekday-", "month-", "by-rule-", "error-", "currency-"];
    let stale = english.difference(&asked);
    let stale: Vec<_> = stale
        .filter(|key| !made.iter().any(|made| key.starts_with(made)))
        .collect();
    assert!(stale.is_empty(), "words that nobody says: {stale:?}");
}

#[test]
fn no_message_is_left_with_a_hole() {
    // Every placeable of every message is an argument that a source gives under that name.
    let source = SOURCES.concat();
    for (tag, text) in book::files() {
        for placeable in text.split("{ $").skip(1) {
            let name = placeable.split([' ', '}']).next().unwrap();
            assert!(
                source.contains(&format!("\"{name}\":")),
                "{tag}: ${name} is never given"
            );
        }
    }
}
