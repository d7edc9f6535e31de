//! What `core/SPEC.md` §7 promises, over random histories of several stewards; and that the resolver is the oracle,
//! only faster.
//!
//! `ALLKONTOR_HISTORIES` says how many histories each test plays (1,000), `ALLKONTOR_SEED` where it starts. Promise 7,
//! of moves across the edge of a month, is about devices and is tested with them, in `engine`.

mod agreement;
mod commons;
mod events;
mod forecast;
mod kept;
mod order;
mod people;
mod play;
mod shown;

/// What has to happen at least this often in a thousand histories of honest stewards, for a test to mean much.
const HONEST: &[(&str, usize)] = &[
    ("live", 1_500),
    ("moved", 120),
    ("bundles", 250),
    ("clashes", 1_200),
    ("version races", 1_000),
    ("bad signatures", 500),
    ("clock lies", 1_200),
    ("Give", 180),
    ("Take", 1_500),
    ("Pass", 1_600),
    ("several deciders", 150),
    ("moves across custodians", 20),
    ("alternative", 70),
    ("waiting", 400),
    ("victims", 15),
    ("declined", 50),
    ("Carry", 15),
    ("HandOut", 120),
    ("HandIn", 40),
    ("Opened", 120),
    ("Approve", 400),
    ("CallOff", 40),
    ("seats", 25),
    ("rooms for events", 30),
    ("edits", 60),
    ("Code", 90),
];

/// The same when stewards sign whatever they like, are copied, and are revoked.
const WILD: &[(&str, usize)] = &[
    ("live", 800),
    ("moved", 60),
    ("bundles", 140),
    ("clashes", 1_000),
    ("version races", 1_000),
    ("bad signatures", 450),
    ("clock lies", 1_200),
    ("void confirms", 700),
    ("forks", 1_200),
    ("clashing forks", 100),
    ("double gives", 10),
    ("double passes", 30),
    ("Pass", 800),
    ("several deciders", 60),
    ("moves across custodians", 5),
    ("beyond a cut", 1_100),
    ("inherited", 150),
    ("decisions of successors", 200),
    ("in flight at a revoke", 220),
    ("taken for another", 60),
    ("late orphans", 25),
    ("victims", 80),
    ("admin forks", 80),
    ("outdated", 10),
    ("not ready", 750),
    ("Carry", 15),
    ("HandOut", 50),
    ("HandIn", 5),
    ("Opened", 80),
    ("Code", 20),
];
