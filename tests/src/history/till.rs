//! Random histories of an office's tills: several desks that hear of one another now and then, are copied and revoked,
//! and sign what they like when nobody holds them to it.

mod account;
mod desk;
mod harm;

use super::Mode;
use crate::adapter::fold_all;
use crate::chance::Chance;
use crate::office::Office;
use allkontor_core::money::Ore;
use allkontor_core::resolve::Fold;
use allkontor_core::statement::{Body, Document, Means, Role, Verified};
use std::collections::{BTreeMap, BTreeSet};

/// The document that it all happens in.
pub const TILL: Document = Document::Till(2026);

/// An office's tills being played in.
#[derive(Clone, Debug)]
pub struct Tills {
    /// Keys, chains, and everything signed.
    pub office: Office,
    /// What each device has heard, by place in the heap.
    pub views: Vec<BTreeSet<usize>>,
    /// How often what is interesting was tried.
    pub tried: BTreeMap<&'static str, usize>,
    mode: Mode,
    with_accounts: bool,
    chance: Chance,
}

fn ore(amount: i64) -> Ore {
    Ore::new(amount).expect("a small amount")
}

impl Tills {
    /// Two to four desks, and about `most` acts.
    pub fn play(mode: Mode, seed: u64, most: usize) -> Self {
        Self::start(mode, seed, most, false)
    }

    /// The same, and two thirds of what is done is about accounts.
    pub fn with_accounts(mode: Mode, seed: u64, most: usize) -> Self {
        Self::start(mode, seed, most, true)
    }

    fn start(mode: Mode, seed: u64, most: usize, with_accounts: bool) -> Self {
        let mut chance = Chance(seed);
        let roles = [Role::Kiosk, Role::Staff, Role::Admin, Role::Hub];
        let devices = 2 + chance.below(3);
        let office = Office::unassigned(&roles[..devices]).writing_in(TILL);
        let mut tills = Self {
            views: vec![(0..office.heap.len()).collect(); devices],
            office,
            tried: BTreeMap::new(),
            mode,
            with_accounts,
            chance,
        };
        for _ in 0..most {
            tills.act();
        }
        tills
    }

    fn act(&mut self) {
        let device = self.chance.below(self.views.len());
        let wild = self.mode == Mode::Wild;
        if self.with_accounts && self.chance.below(3) > 0 {
            return match self.chance.below(8) {
                0 if wild => self.rob(device),
                _ => self.on_account(device),
            };
        }
        match self.chance.below(if wild { 24 } else { 18 }) {
            0..=2 => self.charge(device),
            3..=4 => self.pay(device),
            5..=7 => self.deposit(device),
            8..=10 => self.pay_out(device),
            11..=12 => self.settle(device),
            13 => self.correct(device),
            14 => self.entry(device),
            15..=17 => self.meet(device),
            18 if self.chance.below(2) == 0 => self.revoke(device),
            18 => self.meet(device),
            19..=20 => self.copy(device),
            _ => self.rogue(device),
        }
    }

    fn note(&mut self, what: &'static str) {
        *self.tried.entry(what).or_default() += 1;
    }

    /// Adds to a device's chain, as far as it knows the office.
    fn say(&mut self, device: usize, body: impl Into<Body>) {
        let body = body.into();
        self.note(body.name());
        self.office.say(device, body);
        let last = self.office.heap.len() - 1;
        self.views[device].insert(last);
    }

    /// What a device has heard, resolved.
    pub fn known(&self, device: usize) -> Fold {
        let heap: Vec<Verified> = self.view(device);
        fold_all(self.office.id, TILL, &heap).expect("everybody knows the Genesis")
    }

    /// What a device has heard.
    pub fn view(&self, device: usize) -> Vec<Verified> {
        let known = self.views[device].iter();
        known.map(|at| self.office.heap[*at].clone()).collect()
    }

    fn means(&mut self) -> Means {
        self.chance.pick(&[Means::Cash, Means::Cash, Means::Card])
    }

    fn meet(&mut self, device: usize) {
        let other = self.chance.below(self.views.len());
        let both: BTreeSet<usize> = self.views[device]
            .union(&self.views[other])
            .copied()
            .collect();
        self.views[device] = both.clone();
        self.views[other] = both;
        // What is on its way to somebody is taken when they hear of it, as a rule.
        if self.with_accounts && self.chance.below(4) > 0 {
            self.take_allowed(device);
            self.take_allowed(other);
        }
    }
}
