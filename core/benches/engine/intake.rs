//! Taking in a phone's five requests, beside strictly verifying the signatures they contain.
//!
//! Four devices hold the whole year. In each round a phone has five new requests, each under a ticket of its own:
//!
//! | device | what it does with them | signatures it checks | makes |
//! |---|---|---|---|
//! | relay | keeps them to carry them on, folds them | 5 requests | 0 |
//! | hub | writes them into its document, which it is not custodian of | 5 requests | 1 envelope |
//! | kiosk | writes them down and decides them | 5 requests | 5 confirmations, 1 envelope |
//! | other relay | takes in what the kiosk wrote | 1 envelope, 5 requests, 5 confirmations | 0 |

use crate::clerk::Booking;
use crate::plan::{self, UNITS};
use crate::report::{Pair, Report, Wanted, timed};
use crate::year::{NOW, Year, hub_key, kiosk_key};
use allkontor_core::envelope::SignedEnvelope;
use allkontor_core::id::{OfficeId, StatementId, UnitId};
use allkontor_core::replica::{Command, Effects, Event, Outcome, Replica};
use allkontor_core::statement::{
    Body, Document, Header, Keypair, Request, Signed, Statement, Wish,
};
use allkontor_core::store::{MemoryStore, Operation, Store as _};
use allkontor_core::sync::Incoming;
use allkontor_core::time::{CivilMinute, Interval, Zone};
use criterion::{Criterion, SamplingMode};
use sha2::{Digest as _, Sha256};
use std::time::Duration;

const REQUESTS: usize = 5;
const ROUNDS: usize = 400;

/// A replica with its store.
struct Kept {
    replica: Replica,
    store: MemoryStore,
}

/// How long each took in one round.
#[derive(Clone, Copy, Default)]
struct Round {
    verify: Duration,
    relay: Duration,
    hub: Duration,
    kiosk: Duration,
    envelope: Duration,
    verify_envelope: Duration,
    sign: Duration,
}

/// The devices, and the phones that visit.
pub(crate) struct Office {
    kiosk: Kept,
    relay: Kept,
    hub: Kept,
    other: Kept,
    visits: u64,
}

impl Kept {
    fn new(replica: Replica) -> Self {
        let store = MemoryStore::new();
        Self { replica, store }
    }

    /// One turn, stored.
    fn handle(&mut self, event: Event) -> (Duration, Effects) {
        timed(|| {
            let effects = self.replica.handle(NOW, event).unwrap();
            self.store.commit(&effects.batch).unwrap();
            effects
        })
    }
}

impl Office {
    pub(crate) fn new(year: &Year, mut kiosk: Replica) -> Self {
        let stored = year.stored();
        let restore = |key| Kept::new(Replica::restore(key, year.office, &stored));
        kiosk
            .handle(NOW, Event::Command(Command::ConfirmClock))
            .unwrap();
        Self {
            kiosk: Kept::new(kiosk),
            relay: restore(Keypair::from_seed(&[21; 32])),
            hub: restore(hub_key()),
            other: restore(Keypair::from_seed(&[22; 32])),
            visits: 0,
        }
    }

    /// Five tickets, which everybody has heard of, and five requests for half an hour in the evening of some day.
    fn requests(&mut self) -> Vec<Incoming> {
        let office = self.kiosk.replica.office();
        let claimed = Zone::new("Europe/Stockholm").unwrap().civil(NOW);
        let holder = Keypair::from_seed(&seed(b"holder", self.visits));
        let mut requests = Vec::new();
        for n in 0..REQUESTS as u64 {
            let wanted = evening(self.visits, n);
            let key = Keypair::from_seed(&seed(b"ticket", wanted.number));
            let issue = Command::IssueTicket {
                holder: holder.public(),
                key: key.public(),
                document: wanted.document,
                uses: Vec::new(),
                slots: 1,
            };
            let (_, effects) = self.kiosk.handle(Event::Command(issue));
            let Outcome::Ticket(Ok(ticket)) = effects.outcome else {
                panic!("no ticket: {:?}", effects.outcome);
            };
            for other in [&mut self.relay, &mut self.hub, &mut self.other] {
                other.handle(Event::TakeIn(envelopes(&effects)));
            }
            requests.push(request(&key, office, ticket, &wanted, claimed));
        }
        self.visits += 1;
        requests
    }

    fn round(&mut self) -> Round {
        let requests = self.requests();
        let mut round = Round {
            verify: verify(&requests),
            ..Round::default()
        };
        round.relay = self.relay.handle(Event::TakeIn(requests.clone())).0;
        round.hub = self.hub.handle(Event::TakeIn(requests.clone())).0;
        let (took, decided) = self.kiosk.handle(Event::TakeIn(requests.clone()));
        round.kiosk = took;
        let written = envelopes(&decided);
        let confirms = confirms(&written);
        assert_eq!(confirms.len(), REQUESTS);
        round.sign = sign(&confirms);
        round.envelope = self.other.handle(Event::TakeIn(written.clone())).0;
        // The envelope's own signature is one more, of the same kind.
        let inside = requests.iter().chain(&confirms).chain(&requests[..1]);
        round.verify_envelope = verify(&inside.cloned().collect::<Vec<_>>());
        for other in [&mut self.relay, &mut self.hub] {
            other.handle(Event::TakeIn(written.clone()));
        }
        round
    }
}

/// What the devices do with five requests, each beside the signatures that it checks or makes.
pub(crate) fn compare(office: &mut Office, report: &mut Report) {
    let (mut relay, mut hub, mut kiosk) = (Pair::default(), Pair::default(), Pair::default());
    let (mut signed, mut envelope) = (Pair::default(), Pair::default());
    for _ in 0..ROUNDS {
        let round = office.round();
        relay.push(round.relay, round.verify);
        hub.push(round.hub, round.verify);
        kiosk.push(round.kiosk, round.verify);
        signed.push(round.kiosk, round.verify + round.sign);
        envelope.push(round.envelope, round.verify_envelope);
    }
    let mut add = |what: &str, pair: &Pair, wanted: &Wanted, signatures: &str| {
        let (ours, theirs) = pair.medians();
        let detail = format!("{ours:?} against {theirs:?} for {signatures}");
        report.add(what, pair.ratio(), wanted, &detail);
    };
    let most = Wanted::AtMost(1.5);
    let five = "the signatures of five requests";
    add(
        "of verifying: a relay takes in a phone's five requests",
        &relay,
        &most,
        five,
    );
    add(
        "of verifying: a hub takes them in and writes them into its document",
        &hub,
        &Wanted::Known,
        "the same; it also signs an envelope",
    );
    add(
        "of verifying: the kiosk takes them in and decides them",
        &kiosk,
        &Wanted::Known,
        "the same; it also signs five confirmations and an envelope",
    );
    add(
        "of verifying and signing: the kiosk takes them in and decides them",
        &signed,
        &Wanted::Known,
        "those five, and making six",
    );
    add(
        "of verifying: a relay takes in what the kiosk decided",
        &envelope,
        &Wanted::AtMost(1.5),
        "eleven signatures: the envelope's, five requests', five confirmations'",
    );
}

/// What one round took of something.
type Measured = fn(&Round) -> Duration;

pub(crate) fn bench(office: &mut Office, criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("five requests");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(20))
        .measurement_time(Duration::from_millis(200));
    let took: [(&str, Measured); 5] = [
        ("signatures alone", |round| round.verify),
        ("relay", |round| round.relay),
        ("hub", |round| round.hub),
        ("kiosk, decided", |round| round.kiosk),
        ("relay, from the kiosk", |round| round.envelope),
    ];
    for (name, of) in took {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| (0..rounds).map(|_| of(&office.round())).sum());
        });
    }
    group.finish();
}

/// A free half hour in the evening: the same desk and time on five days in a row for the requests of one visit.
fn evening(visit: u64, request: u64) -> Booking {
    let a_week = u64::from(UNITS) * 4;
    let (week, place) = (visit / a_week, visit % a_week);
    let day = week * REQUESTS as u64 + request;
    let day = plan::first_day().plus(166 + i32::try_from(day).unwrap());
    assert_eq!(day.year(), 2026, "every evening is taken");
    let start = plan::minute(day, 20, u32::try_from(place % 4 * 30).unwrap());
    Booking {
        number: visit * REQUESTS as u64 + request,
        document: Document::ledger_of(day),
        unit: UnitId(u32::try_from(place / 4).unwrap() + 1),
        interval: Interval::new(start, start.plus(30).unwrap()).unwrap(),
    }
}

fn seed(what: &[u8], number: u64) -> [u8; 32] {
    let hash = Sha256::new().chain_update(what);
    hash.chain_update(number.to_be_bytes()).finalize().into()
}

/// The envelopes that a turn wrote.
fn envelopes(effects: &Effects) -> Vec<Incoming> {
    let operations = effects.batch.operations().iter();
    operations
        .filter_map(|operation| match operation {
            Operation::PutEnvelope { bytes, .. } => {
                Some(Incoming::Envelope(bytes.as_slice().into()))
            }
            _ => None,
        })
        .collect()
}

/// The confirmations in some envelopes.
fn confirms(written: &[Incoming]) -> Vec<Incoming> {
    let mut found = Vec::new();
    for one in written {
        let Incoming::Envelope(bytes) = one else {
            continue;
        };
        let envelope = SignedEnvelope::decode(bytes).unwrap().verify().unwrap();
        for change in envelope.envelope().changes() {
            for bytes in change.statements() {
                let signed = Signed::decode(bytes).unwrap().verify().unwrap();
                if let Body::Confirm(_) = signed.body() {
                    found.push(Incoming::Statement(bytes.into()));
                }
            }
        }
    }
    found
}

fn bytes(one: &Incoming) -> &[u8] {
    match one {
        Incoming::Statement(bytes) => bytes,
        other => panic!("not a statement: {other:?}"),
    }
}

/// Strictly verifying them, and nothing else.
fn verify(statements: &[Incoming]) -> Duration {
    let decoded: Vec<Signed> = statements
        .iter()
        .map(|one| Signed::decode(bytes(one)).unwrap())
        .collect();
    let (took, verified) = timed(|| decoded.into_iter().map(Signed::verify).collect::<Vec<_>>());
    assert!(verified.iter().all(Result::is_ok));
    took
}

/// Signing as many bytes as often, and once more for the envelope.
fn sign(statements: &[Incoming]) -> Duration {
    use ed25519_dalek::{Signer as _, SigningKey};
    let key = SigningKey::from_bytes(&kiosk_key().to_seed());
    let all = statements.iter().chain(&statements[..1]);
    timed(|| all.map(|one| key.sign(bytes(one))).collect::<Vec<_>>()).0
}

fn request(
    key: &Keypair,
    office: OfficeId,
    ticket: StatementId,
    wanted: &Booking,
    claimed: CivilMinute,
) -> Incoming {
    let request = Request {
        event: None,
        ticket,
        slot: 0,
        version: 0,
        options: vec![vec![Wish::new(wanted.unit, wanted.interval)]],
        any_equal: None,
        party: 1,
        claimed,
        accepts: None,
    };
    let header = Header::standalone(office, wanted.document);
    let body = request.into();
    let signed = key.sign(Statement { header, body }).unwrap();
    Incoming::Statement(signed.bytes().into())
}
