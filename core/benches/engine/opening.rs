//! From a closed store to the first answer, and to everything; beside Automerge loading the same documents.

use crate::plan::{self, CLASS};
use crate::report::{Pair, Report, Wanted, timed};
use crate::year::Year;
use allkontor_core::id::Digest;
use allkontor_core::store::Store as _;
use allkontor_core::time::Interval;
use allkontor_core::view::FreeUnit;
use automerge::Automerge;
use criterion::{Criterion, SamplingMode};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

fn first_answer(year: &Year) -> Vec<FreeUnit> {
    let day = plan::first_day().plus(166);
    let at = |hour| plan::minute(day, hour, 0);
    let interval = Interval::new(at(14), at(16)).unwrap();
    let mut device = year.device();
    device
        .free(Some(CLASS), &BTreeSet::new(), interval)
        .unwrap()
}

fn everything(year: &Year) -> Digest {
    year.device().digest().unwrap()
}

fn load(files: &[Vec<u8>]) -> usize {
    let loaded = files.iter().map(|file| Automerge::load(file).unwrap());
    loaded.map(|document| document.get_heads().len()).sum()
}

pub(crate) fn compare(year: &Year, report: &mut Report) {
    let files = year.automerge();
    let size: usize = files.iter().map(Vec::len).sum();
    let (mut first, mut all) = (Pair::default(), Pair::default());
    for _ in 0..5 {
        let (theirs, _) = timed(|| load(&files));
        first.push(timed(|| first_answer(year)).0, theirs);
        all.push(timed(|| everything(year)).0, theirs);
    }
    let detail = |pair: &Pair| {
        let (ours, theirs) = pair.medians();
        format!(
            "{ours:?} against {theirs:?} for {} documents of {size} bytes, in memory already",
            files.len()
        )
    };
    report.add(
        "of a full Automerge load: opening to the first answer",
        first.ratio(),
        &Wanted::AtMost(0.2),
        &detail(&first),
    );
    report.add(
        "of a full Automerge load: opening until everything is resolved",
        all.ratio(),
        &Wanted::Known,
        &detail(&all),
    );
}

/// What is on disk, beside the statements alone, as zstd packs them.
pub(crate) fn size(year: &Year, report: &mut Report) {
    let store = year.store();
    let mut distinct = BTreeMap::new();
    let mut envelopes = 0;
    for document in store.documents().unwrap() {
        envelopes += store.envelopes(document).unwrap().len();
        for statement in crate::scribe::statements(&crate::scribe::load(&store, document)) {
            distinct.insert(statement.id(), statement.bytes().to_vec());
        }
    }
    let plain: Vec<u8> = distinct.values().flatten().copied().collect();
    let bare = zstd::bulk::compress(&plain, 3).unwrap().len();
    let disk = store.size_on_disk().unwrap();
    report.add(
        "of the statements under zstd: size on disk",
        disk as f64 / bare as f64,
        &Wanted::AtMost(1.3),
        &format!(
            "{disk} bytes against {bare}, for {} statements of {} bytes in {envelopes} envelopes",
            distinct.len(),
            plain.len()
        ),
    );
}

pub(crate) fn bench(year: &Year, criterion: &mut Criterion) {
    let files = year.automerge();
    let mut group = criterion.benchmark_group("opening");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_secs(5));
    group.bench_function("first answer", |bencher| {
        bencher.iter(|| first_answer(year));
    });
    group.bench_function("Automerge", |bencher| bencher.iter(|| load(&files)));
    group.finish();
}
