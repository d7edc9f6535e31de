//! Rules about what is written, in any file.

use super::{File, Finding};

/// No path of somebody's machine, and no host of a package registry.
pub fn machines(file: &File) -> Vec<Finding> {
    const ROOTS: [&str; 8] = [
        "home",
        "root",
        "Users",
        "work",
        "workspace",
        "mnt",
        "tmp",
        "private",
    ];
    const HOSTS: [&str; 5] = [
        "static.crates.io",
        "index.crates.io",
        "pypi.org",
        "registry.npmjs.org",
        "repo.maven.apache.org",
    ];
    if file.is_tidy_itself() {
        return Vec::new();
    }
    file.lines_where(|line| {
        for root in ROOTS {
            let path = format!("/{root}/");
            let starts = |at: usize| !line.get(..at).is_some_and(|before| before.ends_with(is_inside_a_path));
            if line.match_indices(&path).any(|(at, _)| starts(at)) {
                return Some(format!(
                    "{path}… exists on one machine only: write the path relative to the project, or use `tempfile`"
                ));
            }
        }
        HOSTS.iter().find(|host| line.contains(*host)).map(|host| {
            format!("{host} is one registry's host: name the package and leave the place to the client's settings")
        })
    })
}

fn is_inside_a_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | ')' | '~' | '*' | '/')
}

/// Nothing that only whoever wrote it could look up.
pub fn provenance(file: &File) -> Vec<Finding> {
    const PHRASES: [&str; 7] = [
        "in this session",
        "previous session",
        "earlier session",
        "coding session",
        "language model",
        "ai-generated",
        "ai assistant",
    ];
    if file.is_tidy_itself() {
        return Vec::new();
    }
    file.lines_where(|line| {
        let line = line.to_lowercase();
        let issue = line.match_indices("issue").find(|(at, word)| {
            let rest = line.get(at + word.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches([' ', '#']);
            rest.len() < line.len() - at - word.len()
                && rest.starts_with(|c: char| c.is_ascii_digit())
        });
        if issue.is_some() {
            return Some(
                "a number in a tracker means nothing to a reader of the sources: say the reason"
                    .into(),
            );
        }
        let phrase = PHRASES.iter().find(|phrase| line.contains(*phrase))?;
        Some(format!(
            "{phrase:?} tells how the text came about: say what holds now, and why"
        ))
    })
}

/// Nothing is left for later in a way that compiles.
pub fn unfinished(file: &File) -> Vec<Finding> {
    if !file.is_rust() || file.is_tidy_itself() {
        return Vec::new();
    }
    file.code_where(|line| {
        if let Some(word) = ["todo!", "unimplemented!"]
            .iter()
            .find(|word| line.contains(*word))
        {
            return Some(format!(
                "`{word}` panics on somebody's phone: finish it, or return an error that says so"
            ));
        }
        line.contains("#[ignore").then(|| {
            "an ignored test is one nobody runs: make it quick enough, or delete it with its reason"
                .to_string()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_found() {
        let found = check(
            machines,
            "docs/a.md",
            "fine: target/tmp/x, ~/tmp/, https://h.org/home/\nsee /home/anna/a",
        );
        let words = "write the path relative to the project, or use `tempfile`";
        assert_eq!(
            found,
            [format!(
                "docs/a.md:2: /home/… exists on one machine only: {words}"
            )]
        );
        assert_eq!(
            check(machines, "a.toml", "url = \"https://pypi.org/simple\"").len(),
            1
        );
    }

    #[test]
    fn words_about_how_the_text_came_about_are_found() {
        let text = "stewards issue tickets; code issue and rotation; issues 3 tickets\n\
                    see issue #12\nas decided for Issue 9\nIn this session we";
        let found = check(provenance, "README.md", text);
        let lines: Vec<&str> = found
            .iter()
            .filter_map(|words| words.split(':').nth(1))
            .collect();
        assert_eq!(lines, ["2", "3", "4"], "{found:?}");
    }

    #[test]
    fn what_is_unfinished_is_found_in_code_only() {
        assert_eq!(
            check(
                unfinished,
                "core/src/a.rs",
                "// todo!() is refused\nlet a = \"todo!()\";"
            ),
            [""; 0]
        );
        assert_eq!(
            check(
                unfinished,
                "tests/a.rs",
                "fn f() { todo!() }\n#[ignore = \"slow\"]"
            )
            .len(),
            2
        );
    }
}
