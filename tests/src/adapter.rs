//! Reads the core's resolver into the oracle's values, so that the two can be compared.

use crate::oracle::account::AccountBooks;
use crate::oracle::authority::{Device, Revoked};
use crate::oracle::cells::Span;
use crate::oracle::fold::Place;
use crate::oracle::forecast::{Forecast, Forecasts, Shop};
use crate::oracle::money::Books;
use crate::oracle::picture::{Picture, State};
use crate::oracle::{Authority, cells::Cell};
use allkontor_core::id::{ClassId, FeatureId, OfficeId, StatementId, UnitId};
use allkontor_core::money::{Ore, Sum};
use allkontor_core::resolve::{self, ConfirmState, Fold, Holding, Places};
use allkontor_core::statement::{Cut, Document, Verified};
use allkontor_core::time::Interval;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The core's authority over a heap; `None` when there is no office.
pub fn resolve_authority(office: OfficeId, heap: &[Verified]) -> Option<Arc<resolve::Authority>> {
    resolve::Authority::resolve(office, heap).ok().map(Arc::new)
}

/// The core's fold of everything in a heap at once.
pub fn fold_all(office: OfficeId, document: Document, heap: &[Verified]) -> Option<Fold> {
    let mut fold = Fold::new(document, resolve_authority(office, heap)?);
    fold.extend(heap.iter().cloned());
    Some(fold)
}

/// The core's authority in the oracle's terms.
pub fn authority(core: &resolve::Authority) -> Authority {
    let mut applied: Vec<_> = core.applied().iter().map(|(id, seq)| (*seq, *id)).collect();
    applied.sort();
    let devices = core.devices().iter();
    Authority {
        office: core.office(),
        genesis: Some(core.genesis().clone()),
        applied: applied.into_iter().map(|(_, id)| id).collect(),
        admin: Some(core.admin()),
        devices: devices
            .clone()
            .map(|(key, d)| {
                (
                    *key,
                    Device {
                        certify: d.certificate,
                        role: d.role,
                    },
                )
            })
            .collect(),
        revoked: devices
            .filter_map(|(key, d)| {
                let r = d.revoked.as_ref()?;
                let cut = |(document, head): (&Document, &_)| Cut {
                    document: *document,
                    head: *head,
                };
                let cuts = r.cuts.iter().map(cut).collect();
                Some((
                    *key,
                    Revoked {
                        revoke: r.id,
                        cuts,
                        successor: r.successor,
                    },
                ))
            })
            .collect(),
        assigned: core.first_custodians().clone(),
        published: core.catalogues().clone(),
        flagged: core.fork().map(|fork| fork.after),
        outdated: core.outdated(),
    }
}

/// The core's picture in the oracle's terms. Cells are compared where the core keeps one or `like` names one.
pub fn picture(fold: &Fold, like: &Picture) -> Picture {
    let resolved = fold.resolved();
    let state = |state| match state {
        ConfirmState::Live => State::Live,
        ConfirmState::CheckedIn => State::CheckedIn,
        ConfirmState::Moved => State::Moved,
        ConfirmState::Released(cause) => State::Released(cause),
    };
    let mut confirms: BTreeMap<_, _> = resolved
        .confirmations
        .iter()
        .map(|(id, c)| (*id, state(c.state)))
        .collect();
    confirms.extend(resolved.void.iter().map(|id| (*id, State::Void)));
    // Said twice by the core: on the confirmation and by cell. Both must agree with the oracle.
    let mut blocking = BTreeSet::new();
    let mut cells: BTreeSet<Cell> = like.cells.keys().copied().collect();
    cells.extend(resolved.custody.keys().map(|cell| (cell.unit, cell.period)));
    for (id, confirmation) in &resolved.confirmations {
        for placed in &confirmation.holds {
            if placed.blocks {
                blocking.insert((Span::bare(placed.hold.unit, placed.occupied), *id));
            }
            let by_cell = fold.blocks(&placed.cell).iter();
            blocking.extend(by_cell.map(|(id, at)| (Span::bare(placed.cell.unit, *at), *id)));
        }
    }
    let cell = |(unit, period): Cell| resolve::Cell { unit, period };
    let chained = |id: &&_| {
        fold.statements()
            .get(*id)
            .is_some_and(|s| s.header().link.is_some())
    };
    Picture {
        ready: fold
            .statements()
            .keys()
            .filter(chained)
            .filter(|id| fold.is_ready(id))
            .copied()
            .collect(),
        confirms,
        blocking,
        declined: resolved.declined.keys().copied().collect(),
        cells: cells
            .into_iter()
            .map(|c| (c, place(fold.custodian(&cell(c)))))
            .collect(),
        rights: resolved
            .tickets
            .keys()
            .map(|t| (*t, place(fold.decider(t))))
            .collect(),
        victims: resolved
            .victims
            .iter()
            .map(|(key, v)| (key.ticket, key.slot, *v))
            .collect(),
        forks: resolved
            .forks
            .iter()
            .filter_map(|(a, b)| {
                let statement = fold.statements().get(a)?;
                Some((statement.signer(), statement.header().link?.seq, *a, *b))
            })
            .collect(),
        facts: resolved
            .occupations
            .iter()
            .filter(|(_, o)| !o.vacated)
            .map(|(id, _)| *id)
            .collect(),
        carried: (
            resolved.carried.keys().copied().collect(),
            resolved.answered.clone(),
        ),
        events: {
            let events = resolved.events.iter();
            let approved = events.clone().flat_map(|(_, event)| &event.approved);
            let off = events.filter(|(_, event)| event.off.is_some());
            let off = off.map(|(key, _)| (key.ticket, key.slot));
            (approved.copied().collect(), off.collect())
        },
        edits: {
            let events = resolved.events.values();
            events
                .flat_map(|event| event.edits.keys().copied())
                .collect()
        },
        opened: resolved.opened.keys().copied().collect(),
        codes: resolved.codes.keys().copied().collect(),
        loans: resolved
            .loans
            .iter()
            .map(|(id, loan)| (*id, loan.back.as_ref().map(|back| (back.minute, back.id))))
            .collect(),
        renewals: resolved
            .slots
            .iter()
            .filter_map(|(key, slot)| Some(((key.ticket, key.slot), slot.renewal?.id.0)))
            .collect(),
        outdated: resolved.outdated.clone(),
    }
}

/// The core's books in the oracle's terms.
pub fn books(fold: &Fold) -> Books {
    let books = &fold.resolved().books;
    let wide = |ore: Ore| i128::from(ore.get());
    let sum = |sum: Sum| sum.ore().map(wide).expect("no history takes in so much");
    let receipts = |id: &StatementId, receipt: u32| (*id, receipt);
    let charges = books.charges.iter().map(|(id, charged)| {
        let keeper = fold.keeper_of_charge(id).expect("it counts");
        (*id, (wide(charged.amount), sum(books.paid(id)), keeper))
    });
    let deposits = books.deposits.iter().map(|(id, held)| {
        let keeper = fold.keeper_of_deposit(id).expect("it counts");
        let parts = (
            wide(held.held()),
            wide(held.returned),
            wide(held.forfeited),
            keeper,
        );
        (*id, parts)
    });
    let seconds = books.second_pay_outs().into_iter();
    Books {
        charges: charges.collect(),
        deposits: deposits.collect(),
        open: books
            .pay_outs
            .iter()
            .map(|(id, paid)| (*id, wide(paid.open())))
            .collect(),
        second: seconds
            .map(|second| (second.deposit, sum(second.amount)))
            .collect(),
        cash: books
            .tills
            .iter()
            .map(|(device, till)| (*device, sum(till.cash)))
            .collect(),
        receipts: (books
            .payments
            .iter()
            .map(|(id, paid)| receipts(id, paid.receipt)))
        .chain(
            books
                .deposits
                .iter()
                .map(|(id, held)| receipts(id, held.receipt)),
        )
        .chain(
            books
                .pay_outs
                .iter()
                .map(|(id, paid)| receipts(id, paid.receipt)),
        )
        .chain(books.accounts.values().flat_map(|account| {
            let entries = account.entries.iter();
            entries.map(|(id, entry)| receipts(id, entry.receipt))
        }))
        .chain(
            books
                .corrections
                .iter()
                .map(|(id, one)| receipts(id, one.receipt)),
        )
        .collect(),
        accounts: accounts(fold),
        void: books.void.clone(),
        strays: books.strays.clone(),
    }
}

fn accounts(fold: &Fold) -> BTreeMap<StatementId, AccountBooks> {
    let wide = |sum: Sum| i128::from(sum.ore().expect("no history takes in so much").get());
    let book = |id: &StatementId, account: &resolve::Account| {
        let custodians = fold.account_custodians(id).into_iter();
        let shares = account
            .shares
            .iter()
            .map(|(device, sum)| (*device, wide(*sum)));
        let flights = account.flights.iter();
        let sums = [
            account.granted,
            account.paid_in,
            account.spent,
            account.paid_out,
            account.came,
            account.went,
        ];
        AccountBooks {
            shares: shares.filter(|(_, share)| *share != 0).collect(),
            flights: flights
                .map(|(id, flight)| (*id, flight.amount.get().into()))
                .collect(),
            sums: sums.map(wide),
            custodians: custodians
                .map(|(key, limit)| (key, limit.get().into()))
                .collect(),
            closed: !account.closed.is_empty(),
        }
    };
    let all = fold.resolved().books.accounts.iter();
    all.map(|(id, account)| (*id, book(id, account)))
        .filter(|(_, book)| *book != AccountBooks::default())
        .collect()
}

/// The core's forecast in the oracle's terms.
pub fn forecasts(fold: &Fold, shop: &Shop<'_>) -> Forecasts {
    let outlooks = resolve::Forecast::new(fold, &Shelf(shop));
    outlooks
        .outlooks()
        .iter()
        .map(|(key, outlook)| {
            let forecast = match &outlook.place {
                resolve::Place::Likely(holds) => Forecast::Likely(holds.clone()),
                resolve::Place::Alternative(holds) => Forecast::Alternative(holds.clone()),
                resolve::Place::Waiting { n } => Forecast::Waiting(*n),
            };
            ((key.ticket, key.slot), forecast)
        })
        .collect()
}

fn place(holding: Option<Holding>) -> Place {
    match holding {
        None => Place::Nowhere,
        Some(Holding::Held(device)) => Place::With(device),
        Some(Holding::InFlight { under, to }) => Place::InFlight { under, to },
    }
}

/// A shop, as the core asks for it.
pub struct Shelf<'a>(pub &'a Shop<'a>);

impl Shelf<'_> {
    fn of(&self, unit: UnitId) -> Option<(ClassId, &[FeatureId])> {
        let (_, class, features) = self.0.units.iter().find(|(u, ..)| *u == unit)?;
        Some((*class, features))
    }
}

impl Places for Shelf<'_> {
    fn buffers(&self, unit: UnitId) -> (u16, u16) {
        let class = self.of(unit).map(|(class, _)| class);
        class
            .and_then(|class| self.0.buffers.get(&class).copied())
            .unwrap_or((0, 0))
    }

    fn is_bookable(&self, unit: UnitId, interval: Interval) -> bool {
        self.of(unit).is_some() && (self.0.bookable)(unit, interval)
    }

    fn units_of(&self, class: ClassId) -> Vec<UnitId> {
        let units = self.0.units.iter().filter(|(_, c, _)| *c == class);
        units.map(|(unit, ..)| *unit).collect()
    }

    fn class_of(&self, unit: UnitId) -> Option<ClassId> {
        self.of(unit).map(|(class, _)| class)
    }

    fn is_seat(&self, unit: UnitId) -> bool {
        let class = self.of(unit).map(|(class, _)| class);
        class.is_some_and(|class| self.0.seats.contains(&class))
    }

    fn surplus(&self, unit: UnitId, needs: &[FeatureId]) -> Option<usize> {
        let (_, features) = self.of(unit)?;
        let has_all = needs.iter().all(|need| features.contains(need));
        has_all.then(|| features.iter().filter(|f| !needs.contains(f)).count())
    }
}
