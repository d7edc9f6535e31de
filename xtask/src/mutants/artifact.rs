//! Where cargo says it put what it built.

use std::path::PathBuf;

/// An executable with tests in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Artifact {
    /// The file its target starts from: `…/tests/tests/promises.rs`, `…/core/src/lib.rs`.
    pub(super) source: PathBuf,
    /// What to run.
    pub(super) executable: PathBuf,
}

/// Reads the lines of `--message-format json` that name an executable; others are passed over.
pub(super) fn artifacts(said: &str) -> Vec<Artifact> {
    let built = said
        .lines()
        .filter(|line| line.starts_with('{') && line.contains("\"reason\":\"compiler-artifact\""));
    built
        .filter_map(|line| {
            Some(Artifact {
                source: text(line, "src_path")?.into(),
                executable: text(line, "executable")?.into(),
            })
        })
        .collect()
}

/// The string under a key. Enough of JSON for paths.
fn text(line: &str, key: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!("\"{key}\":\""))?;
    let mut text = String::new();
    let mut chars = rest.chars();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => text.push(chars.next()?),
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executables_are_found_by_the_file_their_target_starts_from() {
        let said = concat!(
            r#"{"reason":"compiler-artifact","target":{"name":"serde","src_path":"a.rs"},"executable":null}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"src_path":"C:\\t\\core\\src\\lib.rs"},"executable":"C:\\d\\\"x\""}"#,
            "\n",
            r#"{"reason":"build-script-executed","src_path":"b.rs","executable":"c"}"#,
            "\n",
            r#"text {"reason":"compiler-artifact","src_path":"b.rs","executable":"c"}"#,
        );
        let only = Artifact {
            source: r"C:\t\core\src\lib.rs".into(),
            executable: r#"C:\d\"x""#.into(),
        };
        assert_eq!(artifacts(said), [only]);
    }
}
