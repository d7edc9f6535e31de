//! §6: what is likely for the requests that nobody has decided.

use super::cells::{Span, occupied_together};
use super::fold::{Asked, Fold, Standing};
use super::victims::{SlotVersion, slot_version};
use allkontor_core::id::{ClassId, FeatureId, StatementId, UnitId};
use allkontor_core::statement::{Body, Hold, Wish};
use allkontor_core::time::Interval;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What the forecast needs of a catalogue.
pub struct Shop<'a> {
    /// Each unit with its class and features.
    pub units: Vec<(UnitId, ClassId, Vec<FeatureId>)>,
    /// Minutes set aside before and after, by class; none when missing.
    pub buffers: BTreeMap<ClassId, (u16, u16)>,
    /// Whether a unit can be booked for the whole of a time.
    pub bookable: &'a dyn Fn(UnitId, Interval) -> bool,
    /// Classes of seats: for who comes to an event, and for nobody else.
    pub seats: BTreeSet<ClassId>,
}

/// What an undecided request can expect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Forecast {
    /// Its first option fits, on these holds.
    Likely(Vec<Hold>),
    /// Another option or equal units fit.
    Alternative(Vec<Hold>),
    /// Nothing fits; so many in line, itself included.
    Waiting(u32),
}

/// (class, quarter of an hour, hash, slot), smallest first.
type Rank = (u8, i32, [u8; 32], u8);

/// "for each (ticket, slot) the current request"
pub type Forecasts = BTreeMap<(StatementId, u8), Forecast>;

impl Fold<'_> {
    /// "3. In rank order, against holds that block, `Occupy`, and forecasts already placed"
    pub fn forecast(&self, shop: &Shop<'_>) -> Forecasts {
        let victims = self.victims();
        let mut line: Vec<(Rank, Asked)> = self
            .pending(&victims)
            .into_iter()
            .map(|asked| (self.rank(&asked, &victims), asked))
            .collect();
        line.sort_by_key(|(rank, _)| *rank);

        let mut placed: Vec<Span> = vec![];
        let mut forecasts = Forecasts::new();
        for (i, (_, asked)) in line.iter().enumerate() {
            let in_the_way = self.in_the_way(asked, &placed);
            let fits = |wishes: &[Wish]| {
                if !wishes.iter().all(|wish| self.admits(shop, asked, wish)) {
                    return None;
                }
                let holds = self.padded(shop, wishes)?;
                let spans = occupied_together(self.document, self.day_start(), &holds)?;
                let free = !spans
                    .iter()
                    .any(|s| in_the_way.iter().any(|w| s.overlaps(w)));
                free.then_some((holds, spans))
            };
            // "the first option that fits → `Likely` (first) or `Alternative`; else, with `any_equal`, … →
            // `Alternative`; else `Waiting{n}`"
            let behind = line.iter().take(i).any(|(_, other)| {
                let waits = forecasts.get(&(other.request.ticket, other.request.slot));
                matches!(waits, Some(Forecast::Waiting(_)))
                    && self.stands_behind(shop, asked, other)
            });
            let fits = |wishes: &[Wish]| fits(wishes).filter(|_| !behind);
            let option = asked.request.options.iter().position(|o| fits(o).is_some());
            let wishes = match option {
                Some(index) => asked.request.options.get(index).cloned(),
                None => self.equal_units(shop, asked, &|wishes| fits(wishes).is_some()),
            };
            let forecast = match wishes.as_deref().and_then(fits) {
                Some((holds, spans)) => {
                    placed.extend(spans);
                    match option {
                        Some(0) => Forecast::Likely(holds),
                        _ => Forecast::Alternative(holds),
                    }
                }
                // "n = 1 + waiting rivals ranked before it"
                None => {
                    let before = line.iter().take(i).filter(|(_, other)| {
                        let waits = forecasts.get(&(other.request.ticket, other.request.slot));
                        matches!(waits, Some(Forecast::Waiting(_)))
                            && self.are_rivals(shop, asked, other)
                    });
                    Forecast::Waiting(1 + before.count() as u32)
                }
            };
            forecasts.insert((asked.request.ticket, asked.request.slot), forecast);
        }
        forecasts
    }

    /// "1. Pending: for each (ticket, slot) the current request, unless cancelled, declined, or its version already has
    /// a live, checked-in or released (victims apart) confirmation."
    pub fn pending(&self, victims: &BTreeSet<SlotVersion>) -> Vec<Asked> {
        let mut current: BTreeMap<(StatementId, u8), Asked> = BTreeMap::new();
        for id in self.all.keys() {
            let Some(asked) = self.asked(*id) else {
                continue;
            };
            let place = (asked.request.ticket, asked.request.slot);
            // "At equal version the smaller id is current." Ids come in ascending order.
            match current.get(&place) {
                Some(other) if other.request.version >= asked.request.version => {}
                _ => {
                    current.insert(place, asked);
                }
            }
        }
        current.retain(|(ticket, slot), asked| {
            let version = asked.request.version;
            let of = (*ticket, *slot, version);
            let decided = self
                .confirmations
                .iter()
                .filter(|c| slot_version(c) == Some(of))
                .any(|c| match c.standing {
                    Standing::Live | Standing::CheckedIn => true,
                    Standing::Released(_) => !victims.contains(&of),
                    Standing::Moved | Standing::Void => false,
                });
            // "`Cancel{ticket, slot, version}` withdraws all versions up to its own."
            let cancelled = self.all.values().any(|s| match s.body() {
                Body::Cancel(b) => {
                    (b.ticket, b.slot) == (*ticket, *slot)
                        && b.version >= version
                        && s.signer() == asked.ticket.key
                }
                _ => false,
            });
            !decided && !cancelled && !self.declined.contains(&asked.id)
        });
        current.into_values().collect()
    }

    /// "2. Rank: (0 victim, 1 normal, 2 ticket of a revoked signer; max(claimed, stamp) div 15; SHA-256(salt ‖ ticket
    /// id); slot)."
    fn rank(&self, asked: &Asked, victims: &BTreeSet<SlotVersion>) -> Rank {
        let request = &asked.request;
        let class = if victims.contains(&(request.ticket, request.slot, request.version)) {
            0
        } else if self.authority.revoked.contains_key(&asked.issuer) {
            2
        } else {
            1
        };
        let asked_at = request.claimed.max(asked.ticket.stamp).get();
        let salt = self
            .authority
            .genesis
            .as_ref()
            .map(|g| g.salt)
            .unwrap_or_default();
        let hash = Sha256::digest([&salt[..], request.ticket.as_bytes()].concat());
        (class, asked_at.div_euclid(15), hash.into(), request.slot)
    }

    /// What a request cannot be placed on: "the slot's own hold excepted".
    fn in_the_way(&self, asked: &Asked, placed: &[Span]) -> Vec<Span> {
        let own = self.last_of_slot(asked);
        let mut spans: Vec<Span> = self
            .blocking()
            .into_iter()
            .filter(|(_, confirm)| Some(*confirm) != own)
            .map(|(span, _)| span)
            .collect();
        for fact in self.facts.iter().filter_map(|id| self.all.get(id)) {
            if let Body::Occupy(b) = fact.body() {
                spans.push(Span::bare(b.unit, b.interval));
            }
        }
        spans.extend(placed);
        spans
    }

    /// "padded by the catalogue's buffers and inside bookable hours (the hold, not its buffers)"
    fn padded(&self, shop: &Shop<'_>, wishes: &[Wish]) -> Option<Vec<Hold>> {
        wishes
            .iter()
            .map(|wish| {
                let (_, class, _) = shop.units.iter().find(|(unit, ..)| *unit == wish.unit)?;
                let (before, after) = shop.buffers.get(class).copied().unwrap_or((0, 0));
                (shop.bookable)(wish.unit, wish.interval)
                    .then(|| Hold::new(wish.unit, wish.interval, before, after))
            })
            .collect()
    }

    /// "with `any_equal`, the first option's times on units of the class whose features include the needs, fewest
    /// surplus features first, ties by SHA-256(ticket id ‖ unit as four big-endian bytes), each hold in turn"
    fn equal_units(
        &self,
        shop: &Shop<'_>,
        asked: &Asked,
        fits: &dyn Fn(&[Wish]) -> bool,
    ) -> Option<Vec<Wish>> {
        let mut chosen: Vec<Wish> = vec![];
        for wish in asked.request.options.first()? {
            let unit = equals(shop, asked).into_iter().find(|unit| {
                let mut more = chosen.clone();
                more.push(Wish::new(*unit, wish.interval));
                !chosen.iter().any(|c| c.unit == *unit) && fits(&more)
            })?;
            chosen.push(Wish::new(unit, wish.interval));
        }
        Some(chosen)
    }

    /// "4. *Rivals*: two requests of which some padded hold that either could be placed on overlaps one of the
    /// other's."
    pub fn are_rivals(&self, shop: &Shop<'_>, a: &Asked, b: &Asked) -> bool {
        let (a, b) = (self.could_take(shop, a), self.could_take(shop, b));
        a.iter().any(|(_, x)| b.iter().any(|(_, y)| x.overlaps(y)))
    }

    pub(super) fn could_take(&self, shop: &Shop<'_>, asked: &Asked) -> Vec<(Wish, Span)> {
        let request = &asked.request;
        let mut wishes: Vec<Wish> = request.options.iter().flatten().copied().collect();
        for wish in request.options.iter().take(1).flatten() {
            let units = equals(shop, asked).into_iter();
            wishes.extend(units.map(|unit| Wish::new(unit, wish.interval)));
        }
        wishes.retain(|wish| self.admits(shop, asked, wish));
        let spans = |wish: &Wish| {
            let holds = self.padded(shop, &[*wish])?;
            occupied_together(self.document, self.day_start(), &holds)
        };
        let each = wishes.iter().filter_map(|wish| Some((*wish, spans(wish)?)));
        each.flat_map(|(wish, spans)| spans.into_iter().map(move |span| (wish, span)))
            .collect()
    }
}

/// Units that would do as well, best first; none without `any_equal`.
fn equals(shop: &Shop<'_>, asked: &Asked) -> Vec<UnitId> {
    let Some(any) = &asked.request.any_equal else {
        return vec![];
    };
    let needs: BTreeSet<_> = any.needs.iter().collect();
    let mut units: Vec<(usize, [u8; 32], UnitId)> = shop
        .units
        .iter()
        .filter(|(_, class, _)| *class == any.class)
        .filter_map(|(unit, _, features)| {
            let features: BTreeSet<_> = features.iter().collect();
            let bytes = [&asked.request.ticket.as_bytes()[..], &unit.0.to_be_bytes()].concat();
            features.is_superset(&needs).then(|| {
                let surplus = features.difference(&needs).count();
                (surplus, Sha256::digest(bytes).into(), *unit)
            })
        })
        .collect();
    units.sort();
    units.into_iter().map(|(_, _, unit)| unit).collect()
}
