//! Enough of Rust's syntax to tell code from what is written about it.

use std::collections::BTreeSet;

/// The code with comments and the insides of strings blanked; lines keep their numbers.
pub(super) fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => string(rest),
            'r' | 'b' | 'c' if !code.ends_with(is_word) => string(rest),
            '\'' => character(rest),
            _ => 0,
        };
        let (blank, after) = rest.split_at(skipped);
        code.extend(blank.chars().filter(|c| *c == '\n'));
        rest = after;
        if skipped == 0 {
            code.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        } else {
            code.push(' ');
        }
    }
    code
}

/// The length of a block comment, which may hold others.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = match rest {
            _ if rest.starts_with("/*") => {
                depth += 1;
                2
            }
            _ if rest.starts_with("*/") => {
                depth = depth.saturating_sub(1);
                2
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a string literal here, raw or byte string too; 0 when there is none.
fn string(text: &str) -> usize {
    let body = text.trim_start_matches(['b', 'r', 'c']);
    let prefix = text.len() - body.len();
    let raw = text
        .get(..prefix)
        .is_some_and(|prefix| prefix.contains('r'));
    let hashes = if raw {
        body.len() - body.trim_start_matches('#').len()
    } else {
        0
    };
    if prefix > 2 || !body.get(hashes..).is_some_and(|body| body.starts_with('"')) {
        return 0;
    }
    let start = prefix + hashes + 1;
    let inside = text.get(start..).unwrap_or_default();
    if raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return inside
            .find(&end)
            .map_or(text.len(), |at| start + at + end.len());
    }
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return start + at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a character literal here; 0 for a lifetime.
fn character(text: &str) -> usize {
    let inside = text.get(1..).unwrap_or_default();
    let mut chars = inside.char_indices();
    match chars.next() {
        Some((_, '\\')) => inside
            .get(2..)
            .and_then(|rest| rest.find('\''))
            .map_or(0, |at| at + 4),
        Some(_) => chars
            .next()
            .filter(|(_, c)| *c == '\'')
            .map_or(0, |(at, _)| at + 2),
        None => 0,
    }
}

/// Whether the word stands in the code by itself.
pub(super) fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let (before, after) = (code.get(..at), code.get(at + word.len()..));
        !before.is_some_and(|before| before.ends_with(is_word))
            && !after.is_some_and(|after| after.starts_with(is_word))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first names after each of these starts of paths, in `use` groups too.
pub(super) fn modules_after(starts: &[&str], code: &str) -> BTreeSet<String> {
    let code: String = code.split_whitespace().collect();
    let mut modules = BTreeSet::new();
    for start in starts {
        for (at, _) in code.match_indices(start) {
            let rest = code.get(at + start.len()..).unwrap_or_default();
            match rest.strip_prefix('{') {
                Some(group) => modules.extend(heads(group)),
                None => modules.extend(head(rest)),
            }
        }
    }
    modules
}

fn head(path: &str) -> Option<String> {
    let end = path.find(|c| !is_word(c)).unwrap_or(path.len());
    path.get(..end)
        .filter(|name| !name.is_empty())
        .map(String::from)
}

/// The first names in a group whose brace is open, not those of groups inside.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut heads = Vec::from_iter(head(group));
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.extend(group.get(at + 1..).and_then(head)),
            _ => {}
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_code() {
        let text = "a // b\n/* c /* d\n */ e */ f \"g \\\" h\" r#\"i \" j\"# b\"k\" 'l' '\\'' &'m str 'n: loop";
        assert_eq!(
            without_comments(text)
                .split_whitespace()
                .collect::<Vec<_>>(),
            ["a", "f", "&'m", "str", "'n:", "loop"]
        );
        assert_eq!(without_comments(text).lines().count(), text.lines().count());
    }

    #[test]
    fn raw_identifiers_and_words_that_end_in_r_are_code() {
        assert_eq!(without_comments("r#type for\"x\""), "r#type for ");
    }

    #[test]
    fn groups_are_read_to_their_first_names() {
        let code = "use crate::{id::{UnitId, store}, time, view::sync};\nlet a = crate::model::Unit; super::fold::go()";
        let modules: Vec<String> = modules_after(&["crate::", "super::"], code)
            .into_iter()
            .collect();
        assert_eq!(modules, ["fold", "id", "model", "time", "view"]);
    }
}
