//! What the facade promises of all that it exports, held against its own source; and what its page says of the languages' tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// An exported function, as its source says it.
struct Exported {
    name: String,
    /// From its arguments on.
    signature: String,
}

impl Exported {
    fn answer(&self) -> &str {
        self.signature
            .rsplit_once("-> ")
            .map_or("()", |(_, answer)| answer)
    }

    /// A list, and not bytes.
    fn is_list(&self) -> bool {
        self.answer().replace("Vec<u8>", "").contains("Vec<")
    }

    fn is_paged(&self) -> bool {
        self.signature.contains("limit: u32")
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let each = entries.map(|entry| entry.path()).flat_map(|path| {
        if path.is_dir() {
            sources(&path)
        } else {
            vec![path]
        }
    });
    let mut found: Vec<PathBuf> = each.collect();
    found.sort();
    found
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every function below a `uniffi::export`: one by itself, or those of an `impl` or a trait.
fn exported() -> Vec<Exported> {
    let mut found = Vec::new();
    for path in sources(&source("src")) {
        let text = fs::read_to_string(path).unwrap();
        for block in text.split("\n#[uniffi::export").skip(1) {
            let block = block.split("\n}\n").next().unwrap_or_default();
            let many = block.contains("\nimpl ") || block.contains("\npub trait ");
            let starts: &[&str] = if many {
                &["\n    pub fn ", "\n    pub const fn ", "\n    fn "]
            } else {
                &["\npub fn ", "\npub const fn "]
            };
            for after in starts.iter().flat_map(|start| block.split(start).skip(1)) {
                let (name, rest) = after.split_once('(').unwrap();
                let rest = rest.split(" {\n").next().unwrap_or_default();
                let rest = rest.split(";\n").next().unwrap_or_default();
                found.push(Exported {
                    name: name.to_owned(),
                    signature: rest.split_whitespace().collect::<Vec<_>>().join(" "),
                });
            }
        }
    }
    assert!(found.len() > 200, "{} functions were found", found.len());
    found
}

#[test]
fn every_exported_function_answers_with_a_result_and_none_is_async() {
    for function in exported() {
        let answer = function.answer().trim_end_matches(';');
        let errors = [", AllkontorError>", ", DoorbellError>"];
        assert!(
            answer.starts_with("Result<") && errors.iter().any(|error| answer.ends_with(error)),
            "{} answers {answer}",
            function.name
        );
    }
    for path in sources(&source("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let is_this = path.ends_with("src/tests.rs");
        assert!(is_this || !text.contains("async fn"), "{}", path.display());
    }
}

/// Lists that come whole.
const WHOLE: [(&str, &[&str]); 7] = [
    (
        "an answer for each date or message of one call; a series has at most 60, a flight of messages is bounded",
        &[
            "book",
            "rent",
            "rent_at_desk",
            "walk_in",
            "repeat_dates",
            "cancel_dates",
            "move_dates",
            "extend_dates",
            "receive",
            "poll",
        ],
    ),
    (
        "a line each of one value in words",
        &["explanation", "replacement", "receipt"],
    ),
    (
        "at most as many as the catalogue has, or as the days asked for, of which there are at most 62",
        &[
            "free",
            "codes_due",
            "desk_loans",
            "conditions",
            "hosts",
            "elsewhere",
            "elsewhere_for",
            "week",
            "hours",
            "partner_hours",
        ],
    ),
    (
        "what one person has out, and not what they had",
        &["codes", "rentals", "loans"],
    ),
    (
        "of one booking, slip or holder's share",
        &[
            "slip_codes",
            "allowances",
            "own_allowances",
            "charge",
            "charges_of",
        ],
    ),
    (
        "the branches between which an admin has to choose",
        &["admin_branches"],
    ),
    (
        "what this version has words for",
        &["languages", "error_codes"],
    ),
];

#[test]
fn lists_come_in_pages_or_are_short_by_what_they_are_of() {
    let exported = exported();
    let lists = exported.iter().filter(|function| function.is_list());
    let (paged, whole): (Vec<_>, Vec<_>) = lists.partition(|function| function.is_paged());
    let whole: BTreeSet<&str> = whole.iter().map(|function| &*function.name).collect();
    let known: BTreeSet<&str> = WHOLE
        .iter()
        .flat_map(|(_, names)| *names)
        .copied()
        .collect();
    assert_eq!(whole, known, "a list that comes whole has a reason");
    assert!(paged.len() > 15, "{} lists come in pages", paged.len());
    for function in paged {
        let after = function.signature.contains("after: Option<");
        assert!(after, "{} has a limit and no `after`", function.name);
    }
}

/// The languages' folders of tests, and how a test begins there.
const LANGUAGES: [(&str, &[&str]); 3] = [
    ("python/tests", &["def {}("]),
    (
        "kotlin/src/test/kotlin/se/allkontor",
        &["fun {}(", "fun `{}`("],
    ),
    ("swift/Tests/AllkontorTests", &["@Test func {}("]),
];

#[test]
fn every_scenario_is_a_test_in_every_language() {
    let page = fs::read_to_string(source("docs/scenarios.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let rows: Vec<Vec<&str>> = rows.skip(1).map(|row| row.split('|').collect()).collect();
    assert!(rows.len() >= 20, "{} scenarios", rows.len());
    for row in rows {
        assert_eq!(row.len(), 6, "{row:?}");
        for ((folder, forms), cell) in LANGUAGES.iter().zip(row.iter().skip(2)) {
            let tests = cell.split(';').map(|test| test.trim().trim_matches('`'));
            for (file, name) in tests.map(|test| test.split_once("::").unwrap()) {
                let text = fs::read_to_string(source(folder).join(file));
                let text = text.unwrap_or_else(|error| panic!("{folder}/{file}: {error}"));
                let mut forms = forms.iter().map(|form| form.replace("{}", name));
                assert!(
                    forms.any(|form| text.contains(&form)),
                    "{folder}/{file} has no test {name}"
                );
            }
        }
    }
}

#[test]
fn pages_after_a_key_go_on_where_what_had_it_is_gone() {
    let all: Vec<u32> = (0..2_500).rev().collect();
    let first = crate::page_after(all.clone(), |entry| *entry, None, 1_000);
    assert_eq!(first, (0..1_000).collect::<Vec<_>>());
    // The last of that page has been settled meanwhile.
    let left: Vec<u32> = all.into_iter().filter(|entry| *entry != 999).collect();
    let second = crate::page_after(left.clone(), |entry| *entry, Some(999), 1_000);
    assert_eq!(second, (1_000..2_000).collect::<Vec<_>>());
    let third = crate::page_after(left.clone(), |entry| *entry, Some(1_999), 1_000);
    assert_eq!(third, (2_000..2_500).collect::<Vec<_>>());
    assert!(crate::page_after(left, |entry| *entry, Some(2_499), 1_000).is_empty());
}

#[test]
fn pages_behind_an_entry_go_through_all_of_a_list() {
    let all: Vec<u32> = (0..2_500).collect();
    let mut found: Vec<u32> = Vec::new();
    loop {
        let last = found.last().copied();
        let more = crate::page_behind(all.clone(), |entry| Some(*entry) == last, u32::MAX);
        assert!(more.len() <= 1_000, "whatever is asked for");
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    assert_eq!(found, all);
    assert_eq!(crate::page_behind(all, |_| false, 0), [0], "at least one");
}
