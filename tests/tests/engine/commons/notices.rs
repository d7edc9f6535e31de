//! Notices, and texts that go: by their day, by the office, by whoever wrote them.

use super::{STAFF, act, day, house, id, office, post, suggest, suggestions, texts};
use allkontor_core::command::{CommonsError, InCommons};
use allkontor_core::error::Error;
use allkontor_core::id::StatementId;
use allkontor_core::limits::MAX_COMMONS_TEXT;
use allkontor_core::model::Catalogue;
use allkontor_core::replica::{Command, NoticeEntry, NoticeStage};
use allkontor_core::statement::{Answers, Cause, NoticeKind, Verdict};
use allkontor_core::sync::{Incoming, Source};
use allkontor_tests::crew::{Crew, KIOSK};

fn notices(crew: &Crew, name: &str) -> Vec<NoticeEntry> {
    crew.devices[name].notices(crew.now).unwrap()
}

#[test]
fn e6_a_notice_stands_until_its_last_day_and_its_text_is_gone_then() {
    let mut crew = office(24);
    post(&mut crew, "anna", "Who knows Excel?", "2026-11-25").unwrap();
    crew.all_meet();
    let seen = notices(&crew, "bo").remove(0);
    assert_eq!(seen.text.as_deref(), Some("Who knows Excel?"));
    assert_eq!(
        (seen.stage, seen.kind),
        (NoticeStage::Shown, NoticeKind::Ask)
    );
    assert_eq!((seen.answers, seen.own), (Answers::AtDesk, false));
    // The desk and its writer call it by the same number.
    for name in [STAFF, "anna"] {
        assert_eq!(notices(&crew, name)[0].number, seen.number, "{name}");
    }
    assert_eq!(seen.number.len(), 6);
    // The last day ends at four in the morning. Cleo does not notice yet.
    crew.clock("2026-11-26T03:59", &[KIOSK, STAFF, "anna", "bo"]);
    assert_eq!(notices(&crew, "bo").len(), 1);
    crew.clock("2026-11-26T04:00", &[KIOSK, STAFF, "anna", "bo"]);
    assert_eq!(notices(&crew, "bo"), vec![]);
    let own = notices(&crew, "anna").remove(0);
    assert_eq!((own.stage, own.text), (NoticeStage::Over, None));
    let text = b"Who knows Excel?";
    let hash = seen.words.hash;
    for name in [KIOSK, STAFF, "anna", "bo"] {
        let kept = crew.devices[name].at(crew.now).blob(&hash);
        assert_eq!(kept, None, "{name}");
        assert!(!texts(&crew, name).contains(&text.to_vec()), "{name}");
        // Nobody takes it in again.
        crew.take_in(name, vec![Incoming::Blob(text.as_slice().into())]);
        assert!(!texts(&crew, name).contains(&text.to_vec()), "{name}");
    }
    crew.all_meet();
    assert!(!texts(&crew, "bo").contains(&text.to_vec()));
    crew.assert_agreed();
}

#[test]
fn e6_the_office_erases_a_text_wherever_that_is_heard_and_a_trace_is_left() {
    let mut crew = office(24);
    post(&mut crew, "anna", "Something unkind", "2026-12-01").unwrap();
    suggest(&mut crew, "bo", "Something kind");
    crew.all_meet();
    let counts = crew.devices[STAFF].commons_counts(crew.now).unwrap();
    assert_eq!((counts.asks, counts.suggestions, counts.unread), (1, 1, 2));
    let kind = id(&crew, STAFF, "Something kind");
    act(&mut crew, STAFF, InCommons::Review(kind)).unwrap();
    let unkind = notices(&crew, STAFF)[0].clone();
    let (of, cause) = (unkind.id, Cause::Guidelines);
    act(&mut crew, STAFF, InCommons::Moderate { of, cause }).unwrap();
    let text = b"Something unkind".to_vec();
    assert!(!texts(&crew, STAFF).contains(&text));
    // Somebody who has not heard brings it back.
    crew.meet(STAFF, "cleo");
    crew.meet("bo", STAFF);
    crew.all_meet();
    for name in [KIOSK, STAFF, "anna", "bo", "cleo"] {
        assert!(!texts(&crew, name).contains(&text), "{name}");
    }
    assert_eq!(notices(&crew, "bo"), vec![]);
    for name in [KIOSK, STAFF, "anna"] {
        let trace = notices(&crew, name).remove(0);
        assert_eq!(trace.stage, NoticeStage::Erased(cause), "{name}");
        assert_eq!((trace.text, trace.words), (None, unkind.words), "{name}");
        assert_eq!(usize::from(trace.words.length), text.len(), "{name}");
    }
    let counts = crew.devices[KIOSK].commons_counts(crew.now).unwrap();
    assert_eq!((counts.erased, counts.asks, counts.unread), (1, 0, 0));
    assert_eq!(
        crew.devices["anna"].commons_counts(crew.now),
        Err(Error::NotASteward)
    );
    let back = act(&mut crew, "anna", InCommons::TakeBack(of));
    assert_eq!(back, Err(CommonsError::Gone { of }));
    crew.assert_agreed();
}

#[test]
fn e6_what_is_taken_back_is_gone_with_its_text() {
    let mut crew = office(24);
    post(&mut crew, "anna", "A sofa to give away", "2026-12-01").unwrap();
    suggest(&mut crew, "bo", "More sofas");
    crew.all_meet();
    let sofa = notices(&crew, "bo")[0].id;
    let theirs = act(&mut crew, "bo", InCommons::TakeBack(sofa));
    assert_eq!(theirs, Err(CommonsError::NotOwn { of: sofa }));
    act(&mut crew, "anna", InCommons::TakeBack(sofa)).unwrap();
    let more = id(&crew, "bo", "More");
    act(&mut crew, "bo", InCommons::TakeBack(more)).unwrap();
    crew.all_meet();
    for name in [KIOSK, STAFF, "anna", "bo", "cleo"] {
        let there = texts(&crew, name);
        for text in ["A sofa to give away", "More sofas"] {
            assert!(!there.contains(&text.as_bytes().to_vec()), "{name}");
        }
    }
    assert_eq!(notices(&crew, "cleo"), vec![]);
    assert_eq!(suggestions(&crew, "cleo"), vec![]);
    assert_eq!(notices(&crew, "anna")[0].stage, NoticeStage::TakenBack);
    let answer = InCommons::Answer {
        suggestion: more,
        outcome: Verdict::Done,
        text: String::new(),
    };
    let late = act(&mut crew, STAFF, answer);
    assert_eq!(late, Err(CommonsError::Gone { of: more }));
}

#[test]
fn e6_what_cannot_be_said_is_refused_with_its_facts_and_leaves_no_trace() {
    let mut crew = office(24);
    let limit = usize::from(MAX_COMMONS_TEXT);
    let say = |text: String| InCommons::Suggest { text };
    let bytes = limit + 1;
    let long = act(&mut crew, "anna", say("x".repeat(bytes)));
    assert_eq!(long, Err(CommonsError::TextTooLong { bytes }));
    let empty = act(&mut crew, "anna", say(" \n".into()));
    assert_eq!(empty, Err(CommonsError::NoText));
    let (first, latest) = (day("2026-11-24"), day("2026-12-23"));
    for last in ["2026-11-23", "2026-12-24"] {
        let refused = post(&mut crew, "anna", "Help", last);
        let last = day(last);
        let error = CommonsError::LastDay {
            last,
            first,
            latest,
        };
        assert_eq!(refused, Err(error));
    }
    let of = StatementId([7; 32]);
    let unknown = act(&mut crew, "anna", InCommons::Support(of));
    assert_eq!(unknown, Err(CommonsError::Unknown { of }));
    let visitor = Command::InCommons(InCommons::Review(of));
    assert_eq!(crew.command("anna", visitor), Err(Error::NotASteward));
    assert!(crew.devices["anna"].unsaid().is_empty());
    assert_eq!(suggestions(&crew, "anna"), vec![]);
    act(&mut crew, "anna", say("x".repeat(limit))).unwrap();
    post(&mut crew, "anna", "Help", "2026-11-24").unwrap();
    post(&mut crew, "anna", "Help", "2026-12-23").unwrap();
    crew.all_meet();
    assert_eq!(suggestions(&crew, "bo")[0].words.length, MAX_COMMONS_TEXT);
    assert_eq!(notices(&crew, "bo").len(), 2);
    // An office without.
    let mut crew = Crew::new();
    crew.phone("anna", KIOSK);
    let none = act(&mut crew, "anna", say("Plants".into()));
    assert_eq!(none, Err(CommonsError::None));
    for (share, days) in [(0, 30), (61, 30), (24, 0), (24, 93)] {
        assert!(Catalogue::new(house(share, days)).is_err());
    }
    assert!(Catalogue::new(house(60, 92)).is_ok());
}
