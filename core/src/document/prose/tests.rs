use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

fn id(number: u8) -> StatementId {
    StatementId([number; 32])
}

fn edit(after: &[StatementId], old: &str, new: &str) -> Revision {
    Revision {
        after: after.to_vec(),
        patch: Patch::between(old, new),
    }
}

#[test]
fn e3_two_who_edit_the_same_paragraph_far_apart_both_keep_their_words() {
    let first = "We read aloud on Tuesdays. Bring a book.";
    let edits = BTreeMap::from([
        (
            id(1),
            edit(&[], first, "We read poems aloud on Tuesdays. Bring a book."),
        ),
        (
            id(2),
            edit(
                &[],
                first,
                "We read aloud on Thursdays. Bring a book and a friend.",
            ),
        ),
    ]);
    let both = Prose::of(id(0), first, &edits).unwrap();
    assert_eq!(
        both.text,
        "We read poems aloud on Thursdays. Bring a book and a friend."
    );
    assert_eq!(both.heads, [id(1), id(2)]);
    // The next is made upon both.
    let after = edit(&both.heads, &both.text, &both.text.replace("friend", "cup"));
    let mut more = edits;
    more.insert(id(3), after);
    let after = Prose::of(id(0), first, &more).unwrap();
    assert!(after.text.ends_with("Bring a book and a cup."));
    assert_eq!(after.heads, [id(3)]);
}

#[test]
fn an_edit_upon_what_has_not_come_waits() {
    let edits = BTreeMap::from([(id(2), edit(&[id(1)], "one two", "one two three"))]);
    let prose = Prose::of(id(0), "one", &edits).unwrap();
    assert_eq!((prose.text.as_str(), prose.heads), ("one", vec![]));
}

#[test]
fn an_edit_that_points_outside_the_text_does_nothing() {
    let mut wild = edit(&[], "a long text that is not there", "another");
    wild.patch.0.push(Splice {
        at: u32::MAX,
        delete: 1,
        insert: "x".into(),
    });
    let edits = BTreeMap::from([(id(1), wild)]);
    assert_eq!(Prose::of(id(0), "one", &edits).unwrap().text, "one");
}

#[test]
fn what_changes_at_too_many_places_is_replaced_as_a_whole() {
    let between = |times: usize| Patch::between(&"a. ".repeat(times), &"b. ".repeat(times));
    assert_eq!(between(MAX_SPLICES).0.len(), MAX_SPLICES);
    assert_eq!(between(MAX_SPLICES + 1).0.len(), 1);
    let mut many = Writer::new();
    many.array(MAX_SPLICES + 1);
    let refused = Patch::from_bytes(&many.into_bytes()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "number of splices is 201: allowed are 1 to 200"
    );
}

/// By hand: each place is one of the old text.
fn patched(old: &str, patch: &Patch) -> String {
    let mut text: Vec<char> = old.chars().collect();
    for splice in &patch.0 {
        let (at, end) = (splice.at as usize, (splice.at + splice.delete) as usize);
        text.splice(at..end, splice.insert.chars());
    }
    text.into_iter().collect()
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("å"),
        Just("book "),
        Just("tea"),
        Just(" "),
        Just("\n"),
        Just("📚")
    ];
    vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn what_is_between_two_texts_makes_one_of_the_other(old in text(), new in text()) {
        let patch = Patch::between(&old, &new);
        prop_assert_eq!(&patched(&old, &patch), &new);
        prop_assert_eq!(patch.is_empty(), old == new);
        if !patch.is_empty() {
            prop_assert_eq!(&Patch::from_bytes(&patch.to_bytes()).unwrap(), &patch);
        }
        let edits = BTreeMap::from([(id(1), Revision { after: vec![], patch })]);
        prop_assert_eq!(Prose::of(id(0), &old, &edits).unwrap().text, new);
    }

    /// Whatever a stranger sends is a patch or is refused, and no patch does harm.
    #[test]
    fn strangers_patches_are_read_or_refused(bytes in vec(any::<u8>(), 0..60), start in text()) {
        if let Ok(patch) = Patch::from_bytes(&bytes) {
            let edits = BTreeMap::from([(id(1), Revision { after: vec![], patch })]);
            prop_assert!(Prose::of(id(0), &start, &edits).is_some());
        }
    }

    /// Some write at the same time, some after having met: nobody's new words are lost, whoever comes first.
    #[test]
    fn e3_every_word_put_in_is_there_on_every_device(
        steps in vec((any::<bool>(), any::<prop::sample::Index>()), 1..12),
        some in any::<u16>(),
    ) {
        let first = "The first line.\nThe last line.";
        let mut edits = BTreeMap::new();
        let mut seen = Prose::of(id(0), first, &edits).unwrap();
        for (number, (meets, place)) in steps.iter().enumerate() {
            let word = format!("<{number}>");
            let at = place.index(seen.text.chars().count() + 1);
            let mut chars: Vec<char> = seen.text.chars().collect();
            chars.splice(at..at, word.chars());
            let new: String = chars.into_iter().collect();
            edits.insert(id(number as u8 + 1), edit(&seen.heads, &seen.text, &new));
            if *meets {
                seen = Prose::of(id(0), first, &edits).unwrap();
            }
        }
        let whole = Prose::of(id(0), first, &edits).unwrap();
        // Nothing was taken out: every character is there, and so is the text as it was first.
        let words: usize = (0..steps.len()).map(|number| format!("<{number}>").chars().count()).sum();
        prop_assert_eq!(whole.text.chars().count(), first.chars().count() + words);
        // A device that has only some shows what it can, and the same once it has all.
        let part: BTreeMap<_, _> = edits.iter().enumerate().filter(|(i, _)| some >> i & 1 == 1)
            .map(|(_, (id, edit))| (*id, edit.clone())).collect();
        prop_assert!(Prose::of(id(0), first, &part).is_some());
        prop_assert_eq!(Prose::of(id(0), first, &edits).unwrap(), whole);
    }
}
