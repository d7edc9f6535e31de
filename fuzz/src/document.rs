use crate::{program, samples};
use allkontor_core::cbor::{CborError, Reader};
use allkontor_core::document::{ActorId, Change, ChangeParts, StatementDocument};
use allkontor_core::envelope::{Envelope, EnvelopeError, SignedEnvelope};
use allkontor_core::id::ChangeHash;
use allkontor_core::statement::{Document, Keypair};
use allkontor_core::time::CivilMinute;
use std::collections::BTreeMap;

/// Whom everybody believes: the steward that vouches for what a stranger made up.
pub fn steward() -> Keypair {
    Keypair::from_seed(&[2; 32])
}

/// The document that everything is imported into: three changes by two authors.
pub fn base() -> StatementDocument {
    thread_local!(static BASE: StatementDocument = found());
    BASE.with(Clone::clone)
}

fn found() -> StatementDocument {
    let mut document = StatementDocument::new(samples::november());
    let statements = samples::signed();
    for (n, batch) in statements.chunks(2).take(3).enumerate() {
        let actor = ActorId([n as u8 % 2; 16]);
        document
            .append(actor, samples::at(8, n as u32), batch)
            .expect("an honest change");
    }
    document
}

/// Imports what the first byte says it is: an envelope, the content of one that a certified steward then signs, or
/// a program that a dishonest steward's device runs.
///
/// Automerge never disagrees with what was checked, and what is merged can be written out and loaded again.
pub fn document_import(input: &[u8]) {
    match input.first() {
        Some(0x83) => envelope(input),
        Some(0xa5) => content(input),
        _ => program::run(input),
    }
}

fn envelope(input: &[u8]) {
    let Ok(signed) = SignedEnvelope::decode(input) else {
        return;
    };
    assert_eq!(signed.bytes(), input);
    let hash = signed.hash();
    if let Ok(verified) = signed.verify() {
        assert_eq!((verified.bytes(), verified.hash()), (input, hash));
        import(verified.envelope().changes());
    }
}

fn content(input: &[u8]) {
    let Ok(parts) = changes_of(input) else { return };
    let changes: Vec<Change> = parts
        .into_iter()
        .filter_map(|parts| Change::new(parts).ok())
        .collect();
    let Ok(envelope) = Envelope::new(samples::office(), samples::november(), changes) else {
        return;
    };
    let signed = match envelope.clone().sign(&steward()) {
        Err(EnvelopeError::TooLong { .. }) => return,
        signed => signed.expect("an envelope that is not too long can be signed"),
    };
    let read = SignedEnvelope::decode(signed.bytes()).expect("what was signed decodes");
    let read = read.verify().expect("what was signed verifies");
    assert_eq!(
        (read.envelope(), read.signer()),
        (&envelope, steward().public())
    );
    import(envelope.changes());
}

fn import(changes: &[Change]) {
    let mut document = base();
    let before = document.len();
    let Ok(checked) = document.check(changes) else {
        assert_eq!(document.heads(), base().heads());
        return;
    };
    let fresh = checked.changes().to_vec();
    document.apply(checked).expect("what was checked applies");
    assert_eq!(document.len(), before + fresh.len());
    check(&document, &fresh);
}

/// Every statement of `fresh` is there, and the document goes to content and back.
pub(crate) fn check(document: &StatementDocument, fresh: &[Change]) {
    let mut here: Vec<&[u8]> = document.statements().collect();
    here.sort();
    for statement in fresh.iter().flat_map(Change::statements) {
        assert!(
            here.binary_search(&statement).is_ok(),
            "a merged statement is lost"
        );
    }
    let content = document.changes_since(&BTreeMap::new());
    assert_eq!(content.len(), document.len());
    let again =
        StatementDocument::load(document.document(), &content).expect("its own content loads");
    assert_eq!(
        (again.heads(), again.vector()),
        (document.heads(), document.vector())
    );
    let mut there: Vec<&[u8]> = again.statements().collect();
    there.sort();
    assert_eq!(here, there);
}

/// The changes in an envelope's content, whatever heads it promises.
fn changes_of(content: &[u8]) -> Result<Vec<ChangeParts>, CborError> {
    let mut from = Reader::new(content);
    from.map("content", 5)?;
    for _ in 0..4 {
        from.uint()?;
        from.value()?;
    }
    from.uint()?;
    (0..from.array("changes", 0, 200)?)
        .map(|_| parts(&mut from))
        .collect()
}

fn parts(from: &mut Reader<'_>) -> Result<ChangeParts, CborError> {
    from.array("change", 6, 6)?;
    let actor = ActorId(from.fixed("actor")?);
    let (seq, start_op) = (from.uint()?, from.uint()?);
    let outside = |_| CborError::Missing { what: "minute" };
    let minute = CivilMinute::new(from.int()?).map_err(outside)?;
    let deps = (0..from.array("deps", 0, 200)?)
        .map(|_| from.fixed("dep").map(ChangeHash))
        .collect::<Result<_, _>>()?;
    let statements = (0..from.array("statements", 0, 300)?)
        .map(|_| from.bytes().map(Into::into))
        .collect::<Result<_, _>>()?;
    Ok(ChangeParts {
        actor,
        seq,
        start_op,
        minute,
        deps,
        statements,
    })
}

/// Which document the base is.
pub(crate) fn name() -> Document {
    samples::november()
}
