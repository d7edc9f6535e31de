//! What the requirements page says is tested is tested, and every limit is on it.

use super::{File, Finding};
use std::path::Path;

/// The page that says what is tested where.
pub const PAGE: &str = "docs/requirements.md";
/// Where the limits are.
const LIMITS: &str = "core/src/limits.rs";

/// Each `` `path::test` `` on the page is a function of that file; each constant of the limits is named on it. `read`
/// gives a file of the work tree, by its path from the top folder.
pub fn claims(page: &File, read: impl Fn(&Path) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, number) in page.text.lines().zip(1..) {
        for claim in quoted(line).filter(|words| words.contains("::")) {
            let Some((path, test)) = claim.rsplit_once("::") else {
                continue;
            };
            let wrong = match read(Path::new(path)) {
                None => format!("there is no {path}"),
                Some(text) if !has_test(&text, test) => format!("{path} has no test {test}"),
                Some(_) => continue,
            };
            findings.push(page.finding(Some(number), wrong));
        }
    }
    let limits = read(Path::new(LIMITS)).unwrap_or_default();
    let named = |limit: &&str| quoted(&page.text).any(|words| words == *limit);
    let missing = constants(&limits).filter(|limit| !named(limit));
    findings.extend(missing.map(|limit| {
        page.finding(
            None,
            format!("does not say where the limit {limit} is tested"),
        )
    }));
    findings
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether a function of that name is marked as a test, in Rust, Kotlin or Swift, or is one by its name, in Python.
fn has_test(text: &str, name: &str) -> bool {
    let rust = format!("fn {name}(");
    let python = format!("def {name}(");
    let (kotlin, swift) = (format!("fun {name}("), format!("@Test func {name}("));
    let mut marked = false;
    for line in text.lines().map(str::trim_start) {
        let def = line.strip_prefix("async ").unwrap_or(line);
        if def.starts_with(&python) || (marked && line.starts_with(&rust)) {
            return true;
        }
        if line.starts_with(&swift) || (marked && line.starts_with(&kotlin)) {
            return true;
        }
        let is_function = line.starts_with("fn ") || line.starts_with("fun ");
        marked = line.starts_with("#[test]") || line == "@Test" || (marked && !is_function);
    }
    false
}

fn constants(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("pub const ")?.split(':').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str) -> Vec<String> {
        let page = File {
            path: PAGE.into(),
            text: page.into(),
        };
        let read = |path: &Path| match path.to_str()? {
            "a/b.rs" => Some("#[test]\n#[ignore]\nfn it_holds() {}\n".to_owned()),
            "a/c.rs" => Some("#[test]\nfn it_holds() {}\nfn helper() {}\n".to_owned()),
            "a/d.py" => Some("    def test_it(self):\nasync def test_that():\n".to_owned()),
            "a/e.kt" => Some("    @Test\n    fun test_it() = run {}\n".to_owned()),
            "a/f.swift" => Some("    @Test func test_it() async {}\n".to_owned()),
            LIMITS => Some("/// Most.\npub const MOST: usize = 1;\n".to_owned()),
            _ => None,
        };
        let findings = claims(&page, read);
        findings.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn what_is_tested_is_left_alone() {
        let page = "`MOST` | `a/b.rs::it_holds`, `a/d.py::test_it`, `a/d.py::test_that`, `a/e.kt::test_it`, \
                    `a/f.swift::test_it`";
        assert_eq!(check(page), [""; 0]);
    }

    #[test]
    fn a_test_that_is_not_there_and_a_limit_left_out_are_found() {
        let found = check("| `a/b.rs::it_broke` | `a/x.rs::it_holds` |\n`a/c.rs::helper`");
        let expected = [
            "docs/requirements.md:1: a/b.rs has no test it_broke",
            "docs/requirements.md:1: there is no a/x.rs",
            "docs/requirements.md:2: a/c.rs has no test helper",
            "docs/requirements.md: does not say where the limit MOST is tested",
        ];
        assert_eq!(found, expected);
    }
}
