//! Rules about what the engine is built of.

use super::{File, Finding, code};

/// The most lines a source file may have.
const MOST_LINES: usize = 450;

/// A source file can be read in one sitting, of whatever language, tests too.
pub fn length(file: &File) -> Vec<Finding> {
    let lines = file.text.lines().count();
    if !file.is_source() || lines <= MOST_LINES {
        return Vec::new();
    }
    let words = format!(
        "{lines} lines, the limit is {MOST_LINES}: split it by what changes together, in Rust into a folder `foo/` \
         beside `foo.rs`"
    );
    vec![file.finding(None, words)]
}

/// **Architecture invariant:** `document` is the only importer of automerge.
pub fn automerge(file: &File) -> Vec<Finding> {
    if !file.is_core() || file.is_module_of_core("document") {
        return Vec::new();
    }
    file.code_where(|line| {
        code::names(line, "automerge").then(|| {
            "only `document` touches automerge, so that no stranger's byte reaches its decoders: \
             give `document` a function that does this"
                .to_string()
        })
    })
}

/// **Architecture invariant:** `resolve` is a function of its arguments.
pub fn pure_resolver(file: &File) -> Vec<Finding> {
    const FORBIDDEN: [&str; 3] = ["store", "sync", "document"];
    if !file.is_module_of_core("resolve") {
        return Vec::new();
    }
    let code = code::without_comments(&file.text);
    let reason = "the resolver is pure, so that every device computes the same";
    let modules = code::modules_after(&["crate::", "super::"], &code)
        .into_iter()
        .filter(|module| FORBIDDEN.contains(&module.as_str()));
    let mut findings: Vec<Finding> = modules
        .map(|module| {
            file.finding(
                None,
                format!("uses `{module}`, but {reason}: take what you need as an argument"),
            )
        })
        .collect();
    findings.extend(file.code_where(|line| {
        let world = [
            "std::fs",
            "std::net",
            "std::env",
            "std::time",
            "std::thread",
        ];
        let used = world.iter().find(|module| line.contains(*module))?;
        Some(format!(
            "`{used}` reaches outside, but {reason}: take what you need as an argument"
        ))
    }));
    findings
}

/// The modules of the engine: each may import those before it.
const LAYERS: [&str; 23] = [
    "id",
    "time",
    "cbor",
    "limits",
    "money",
    "model",
    "series",
    "statement",
    "seal",
    "document",
    "envelope",
    "resolve",
    "custody",
    "view",
    "report",
    "store",
    "vault",
    "directory",
    "sync",
    "command",
    "error",
    "replica",
    "device",
];

/// **Architecture invariant:** imports run one way. A module's tests may look anywhere.
pub fn layers(file: &File) -> Vec<Finding> {
    let place = |module: &str| LAYERS.iter().position(|layer| *layer == module);
    let Some(own) = file.module_of_core().filter(|_| !file.is_tests()) else {
        return Vec::new();
    };
    let Some(here) = place(own) else {
        let words = format!(
            "`{own}` is in no layer: put it into `LAYERS`, and into the table of ARCHITECTURE.md, where it belongs"
        );
        return vec![file.finding(None, words)];
    };
    let code = code::without_comments(&file.text);
    let used = code::modules_after(&["crate::"], &code).into_iter();
    used.filter(|module| place(module).is_some_and(|there| there > here))
        .map(|module| {
            let words = format!(
                "uses `{module}`, which is above `{own}`: take what you need as an argument, or move what both need down"
            );
            file.finding(None, words)
        })
        .collect()
}

/// Iteration order is the same on every device.
pub fn hashed(file: &File) -> Vec<Finding> {
    if !file.is_core() {
        return Vec::new();
    }
    file.code_where(|line| {
        let word = ["HashMap", "HashSet"]
            .into_iter()
            .find(|word| code::names(line, word))?;
        let instead = word.replace("Hash", "BTree");
        Some(format!(
            "`{word}` iterates in another order on each device: use `{instead}`"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_long_source_file_is_found() {
        let long = "\n".repeat(MOST_LINES + 1);
        assert_eq!(check(length, "docs/a.md", &long), [""; 0]);
        assert_eq!(check(length, "core/src/a.rs", &long[1..]), [""; 0]);
        for path in [
            "core/src/a.rs",
            "tests/a/tests.rs",
            "a/B.kt",
            "B.swift",
            "b.py",
        ] {
            let found = check(length, path, &long);
            assert!(found[0].starts_with(&format!("{path}: 451 lines, the limit is 450")));
        }
    }

    #[test]
    fn only_document_may_name_automerge() {
        let code = "use automerge::AutoCommit; // automerge\n";
        assert_eq!(
            check(automerge, "core/src/document/apply.rs", code),
            [""; 0]
        );
        assert_eq!(check(automerge, "core/src/document.rs", code), [""; 0]);
        assert_eq!(
            check(
                automerge,
                "core/src/view.rs",
                "/// Not automerge.\nlet not_automerge_at_all = 1;"
            ),
            [""; 0]
        );
        assert_eq!(check(automerge, "core/src/view.rs", code).len(), 1);
        assert_eq!(check(automerge, "core/src/view/document.rs", code).len(), 1);
    }

    #[test]
    fn the_resolver_may_not_reach_out() {
        let of = |code: &str| check(pure_resolver, "core/src/resolve/fold.rs", code);
        assert_eq!(
            of("use crate::{id::UnitId, statement::Document};\nlet sync = 1;"),
            [""; 0]
        );
        assert_eq!(
            check(
                pure_resolver,
                "core/src/view.rs",
                "use crate::store::Store;"
            ),
            [""; 0]
        );
        assert_eq!(
            of("use crate::{\n    id::UnitId,\n    store::Store,\n};").len(),
            1
        );
        assert_eq!(
            of("fn f(a: &crate::document::Ledger) { std::fs::read(a); }").len(),
            2
        );
        assert_eq!(of("use super::super::sync;").len(), 1);
    }

    #[test]
    fn imports_that_run_upwards_are_found() {
        let code = "use crate::{id::UnitId, replica::Replica};\nlet view = crate::view::View; // crate::device";
        let found = check(layers, "core/src/resolve/fold.rs", code);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("uses `replica`, which is above `resolve`"));
        assert_eq!(check(layers, "core/src/device.rs", code), [""; 0]);
        assert_eq!(check(layers, "core/src/resolve/tests.rs", code), [""; 0]);
        assert_eq!(check(layers, "tests/src/world.rs", code), [""; 0]);
        assert_eq!(check(layers, "core/src/lib.rs", "pub mod view;"), [""; 0]);
        let new = check(layers, "core/src/new.rs", "");
        assert!(new[0].contains("`new` is in no layer"));
    }

    #[test]
    fn hashed_collections_are_found() {
        assert_eq!(
            check(
                hashed,
                "core/src/a.rs",
                "// no HashMap\nstruct HashMapLike;"
            ),
            [""; 0]
        );
        let found = check(
            hashed,
            "core/src/a.rs",
            "use std::collections::{BTreeMap, HashSet};",
        );
        let words = "`HashSet` iterates in another order on each device: use `BTreeSet`";
        assert_eq!(found, [format!("core/src/a.rs:1: {words}")]);
    }
}
