//! What is different between two texts, by the longest common sequence of words and what is between them.

use super::Splice;
use crate::limits::MAX_SPLICES;

/// Pairs of words that are compared: a page against a page. Beyond it the middle is replaced as a whole.
const MAX_PAIRS: usize = 1 << 20;

/// What makes `new` of `old`, the last place first, so that each place is one of `old`.
pub(super) fn splices(old: &str, new: &str) -> Vec<Splice> {
    let (old, new) = (words(old), words(new));
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (
        old.get(head..).unwrap_or_default(),
        new.get(head..).unwrap_or_default(),
    );
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(same)
        .count();
    let middle = |words: &[&str]| words.len().saturating_sub(tail);
    let old_middle = old_rest.get(..middle(old_rest)).unwrap_or_default();
    let new_middle = new_rest.get(..middle(new_rest)).unwrap_or_default();
    let kept = common(old_middle, new_middle);
    let start = characters(old.get(..head).unwrap_or_default());
    let mut splices = Vec::new();
    let (mut i, mut j, mut at) = (0_usize, 0_usize, start);
    let ends = (old_middle.len(), new_middle.len());
    for (next_old, next_new) in kept.into_iter().chain([ends]) {
        let gone = old_middle.get(i..next_old).unwrap_or_default();
        let come = new_middle.get(j..next_new).unwrap_or_default();
        splices.extend(trimmed(at, &gone.concat(), &come.concat()));
        let kept_word = old_middle.get(next_old..=next_old).unwrap_or_default();
        at = at
            .saturating_add(characters(gone))
            .saturating_add(characters(kept_word));
        (i, j) = (next_old.saturating_add(1), next_new.saturating_add(1));
    }
    if splices.len() > MAX_SPLICES {
        let (delete, insert) = (characters(old_middle), new_middle.concat());
        splices = vec![Splice {
            at: start,
            delete,
            insert,
        }];
    }
    splices.reverse();
    splices
}

/// A word made longer keeps the letters that it had: who writes in it at the same time loses nothing.
fn trimmed(at: u32, gone: &str, come: &str) -> Option<Splice> {
    let same = |(a, b): &(char, char)| a == b;
    let head = gone.chars().zip(come.chars()).take_while(same).count();
    let rest = |text: &str| text.chars().skip(head).collect::<Vec<_>>();
    let (gone, come) = (rest(gone), rest(come));
    let ends = gone.iter().rev().zip(come.iter().rev());
    let tail = ends.take_while(|(a, b)| a == b).count();
    let left = |text: &[char]| text.len().saturating_sub(tail);
    let insert: String = come.iter().take(left(&come)).collect();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (at, delete) = (at.saturating_add(number(head)), number(left(&gone)));
    (delete > 0 || !insert.is_empty()).then_some(Splice { at, delete, insert })
}

/// Runs of letters and digits, and each other character by itself.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let length = run.max(if run == 0 { first.len_utf8() } else { 0 });
        let (word, behind) = rest.split_at(length);
        words.push(word);
        rest = behind;
    }
    words
}

fn characters(words: &[&str]) -> u32 {
    let count: usize = words.iter().map(|word| word.chars().count()).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The places of a longest common sequence, in both.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len().saturating_add(1);
    let pairs = old.len().saturating_add(1).saturating_mul(width);
    if pairs > MAX_PAIRS {
        return Vec::new();
    }
    // How long the longest one is from each pair of places on.
    let mut longest = vec![0_u32; pairs];
    let at = |i: usize, j: usize| i.saturating_mul(width).saturating_add(j);
    let read = |longest: &[u32], i, j| longest.get(at(i, j)).copied().unwrap_or(0);
    for (i, word) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let (down, right) = (i.saturating_add(1), j.saturating_add(1));
            let best = if word == other {
                read(&longest, down, right).saturating_add(1)
            } else {
                read(&longest, down, j).max(read(&longest, i, right))
            };
            if let Some(cell) = longest.get_mut(at(i, j)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j, mut kept) = (0, 0, Vec::new());
    while let Some((word, other)) = old.get(i).zip(new.get(j)) {
        let (down, right) = (i.saturating_add(1), j.saturating_add(1));
        if word == other {
            kept.push((i, j));
            (i, j) = (down, right);
        } else if read(&longest, down, j) >= read(&longest, i, right) {
            i = down;
        } else {
            j = right;
        }
    }
    kept
}
