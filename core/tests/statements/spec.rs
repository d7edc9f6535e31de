//! `core/SPEC.md` says what is on the wire: the keys of its CDDL are those that are written.

use crate::common::{forge, samples};
use std::collections::{BTreeMap, BTreeSet};

const SPEC: &str = include_str!("../../SPEC.md");

/// The rules of the first block of CDDL, comments left out: name → text.
fn rules() -> BTreeMap<String, String> {
    let block = SPEC
        .split("```cddl\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in block.lines() {
        let line = line.split(';').next().unwrap();
        match line.split_once('=') {
            Some((left, right)) if !line.starts_with(' ') => {
                name = left.trim().to_owned();
                rules.insert(name.clone(), right.to_owned());
            }
            _ => rules.entry(name.clone()).or_default().push_str(line),
        }
    }
    rules
}

/// The keys of a map or group, those of the groups it includes too: key → whether it is optional.
fn keys(rules: &BTreeMap<String, String>, name: &str) -> BTreeMap<u64, bool> {
    let text = rules
        .get(name)
        .unwrap_or_else(|| panic!("SPEC.md has no rule {name}"));
    let mut keys = BTreeMap::new();
    // Only what stands at the first level of brackets is an entry.
    let inner = text.trim().trim_matches(|c| "{}()".contains(c));
    let mut depth = 0;
    let entries = inner.split(|c| {
        depth += i32::from("[({".contains(c)) - i32::from("])}".contains(c));
        c == ',' && depth == 0
    });
    for entry in entries.map(str::trim).filter(|entry| !entry.is_empty()) {
        let (optional, entry) = entry
            .strip_prefix("? ")
            .map_or((false, entry), |entry| (true, entry));
        match entry.split_once(':').map(|(key, _)| key.parse::<u64>()) {
            Some(Ok(key)) => drop(keys.insert(key, optional)),
            _ if entry == "later" => {}
            _ => keys.extend(self::keys(rules, entry)),
        }
    }
    keys
}

/// `CheckIn` is `check-in`.
fn rule_name(kind: &str) -> String {
    let mut name = String::new();
    for c in kind.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}

#[test]
fn the_cddl_has_the_keys_that_are_written() {
    let rules = rules();
    let listed: BTreeSet<&str> = rules["payload"].split('/').map(str::trim).collect();
    for statement in samples::full() {
        let name = rule_name(statement.body.name());
        assert!(
            listed.contains(name.as_str()),
            "{name} is not among the payloads"
        );
        let number = format!("0: {},", statement.body.number());
        assert!(rules[&name].contains(&number), "{name} is not {number}");
        let signed = samples::key(1).sign(statement).unwrap();
        let written: Vec<u64> = forge::fields(&forge::parts(signed.bytes()).payload)
            .into_keys()
            .collect();
        let said: Vec<u64> = keys(&rules, &name).into_keys().collect();
        assert_eq!(
            said, written,
            "{name}: SPEC.md on the left, written on the right"
        );
    }
}

#[test]
fn what_the_cddl_calls_optional_can_be_left_out() {
    let rules = rules();
    for statement in samples::full() {
        let name = rule_name(statement.body.name());
        let signed = samples::key(1).sign(statement).unwrap();
        let fields = forge::fields(&forge::parts(signed.bytes()).payload);
        for (key, optional) in keys(&rules, &name) {
            let mut fewer = fields.clone();
            fewer.remove(&key);
            let bytes = forge::sign(&[1; 32], &forge::payload(&fewer));
            let read = allkontor_core::statement::Signed::decode(&bytes);
            assert_eq!(read.is_ok(), optional, "{name} without field {key}");
        }
    }
}

#[test]
fn every_number_of_a_cause_and_a_role_is_in_the_tables() {
    use allkontor_core::statement::{Cause, Role};
    for number in 1..=50 {
        let (cause, role) = (Cause::from_number(number), Role::from_number(number));
        if !matches!(cause, Cause::Other(_)) {
            assert!(
                SPEC.contains(&format!("| {number} | {} |", cause.word())),
                "cause {number} {}",
                cause.word()
            );
        }
        if !matches!(role, Role::Other(_)) {
            assert!(
                SPEC.contains(&format!("| {number} | {} |", role.word())),
                "role {number}"
            );
        }
    }
}
