//! Stewards that sign whatever they like, or twice at one place.

use super::Want;
use super::world::World;
use crate::office::period;
use crate::oracle::cells::cell_of;
use crate::oracle::fold::{Place, Standing};
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::statement::{
    Body, Cause, CellRange, CheckIn, Confirm, Decline, Give, Honour, Pass, Release, Statement,
    Take, Vacate, Verified,
};
use allkontor_core::time::DayStart;

impl World {
    /// Says something unchecked after the statement `back` places before the device's last: a fork unless 0.
    pub fn rogue(&mut self, device: usize, what: u8, pick: u8, back: u8, want: Want) {
        let chain = self.office.chain(self.office.key(device));
        let is_fork = back > 0;
        let head = match is_fork {
            true => chain
                .len()
                .checked_sub(1 + usize::from(back))
                .map(|i| chain[i]),
            false => self.office.devices[device].head,
        };
        let heap = &self.office.heap;
        let any = |wanted: fn(&Body) -> bool| self.office.one_of(pick, wanted);
        let anything = any(|_| true).unwrap();
        // A rogue that knows its way about does more harm: it decides what it may decide, and touches what it holds
        // some of.
        let by = self.office.key(device);
        let (mine, partly, held) = self.with_fold(heap, |fold| {
            let mine = fold.all.keys().filter(|id| {
                let asked = fold.asked(**id);
                asked.is_some_and(|a| fold.right(a.request.ticket) == Place::With(by))
            });
            let partly = fold.confirmations.iter().filter(|c| {
                c.standing != Standing::Void
                    && c.holds.iter().any(|hold| {
                        let cell = cell_of(fold.document, DayStart::default(), hold);
                        cell.is_some_and(|cell| fold.cell(cell) == Place::With(by))
                    })
            });
            let mine: Vec<StatementId> = mine.copied().collect();
            // What holds several places can be split, and is rarer.
            let (several, one): (Vec<_>, Vec<_>) = partly.partition(|c| c.holds.len() > 1);
            let split = matches!(what % 20, 16..=18) && !several.is_empty();
            let partly = if split {
                several
            } else {
                [several, one].concat()
            };
            let partly: Vec<StatementId> = partly.iter().map(|c| c.id).collect();
            let held = (0..6).map(UnitId);
            let held = held.filter(|unit| fold.cell((*unit, period(0))) == Place::With(by));
            (mine, partly, held.collect::<Vec<_>>())
        });
        let unit = held.get(usize::from(pick) % held.len().max(1));
        let unit = unit.copied().unwrap_or(UnitId(u32::from(want.unit)));
        let one_of = |all: &[StatementId]| all.get(usize::from(pick) % all.len().max(1)).copied();
        let request = one_of(&mine)
            .or(any(|b| matches!(b, Body::Request(_))))
            .unwrap_or(anything);
        let confirm = one_of(&partly)
            .or(any(|b| matches!(b, Body::Confirm(_))))
            .unwrap_or(anything);
        let ticket = any(|b| matches!(b, Body::Ticket(_))).unwrap_or(anything);
        let given = any(|b| matches!(b, Body::Give(_) | Body::Pass(_))).unwrap_or(anything);
        let gave = heap.iter().rev().find_map(|s| match s.body() {
            Body::Give(b) if s.signer() == by => Some(b.cells.clone()),
            _ => None,
        });
        let revoke = any(|b| matches!(b, Body::Revoke(_)));
        let to = self
            .office
            .key(usize::from(pick) % self.office.devices.len());
        let asked = heap
            .iter()
            .find(|s| s.id() == request)
            .and_then(|s| match s.body() {
                Body::Request(b) => b.options.first().cloned(),
                _ => None,
            });
        // Buffers are the steward's to choose: no catalogue is asked.
        let (before, after) = (u16::from(want.length) * 10, u16::from(want.start) * 5);
        let as_asked: Vec<_> = asked
            .unwrap_or_default()
            .iter()
            .map(|w| allkontor_core::statement::Hold::new(w.unit, w.interval, before, after))
            .collect();
        let holds = if as_asked.is_empty() {
            vec![want.hold()]
        } else {
            as_asked
        };
        let mut critical = false;
        let body: Body = match what % 20 {
            0 => Confirm {
                request,
                holds,
                ends: None,
            }
            .into(),
            1 => Confirm {
                request,
                holds,
                ends: Some(confirm),
            }
            .into(),
            2 => Confirm {
                request,
                holds: vec![want.hold()],
                ends: None,
            }
            .into(),
            3 => Confirm {
                request: anything,
                holds,
                ends: None,
            }
            .into(),
            4 => Give {
                cells: vec![CellRange {
                    unit,
                    first: period(-1),
                    last: period(2),
                }],
                to,
            }
            .into(),
            // What it gave before, again, to somebody else perhaps.
            15 => {
                let (first, last) = (period(0), period(2));
                let cells = gave.unwrap_or_else(|| vec![CellRange { unit, first, last }]);
                Give { cells, to }.into()
            }
            5 => Take {
                of: given,
                via: revoke,
            }
            .into(),
            6 => Take {
                of: revoke.unwrap_or(anything),
                via: None,
            }
            .into(),
            7 => Pass { ticket, to }.into(),
            8 => Release {
                confirm,
                cause: Cause::from_number(u16::from(pick) % 13),
            }
            .into(),
            9 => CheckIn { confirm }.into(),
            10 => Decline {
                request,
                cause: Cause::Staff,
                note: None,
            }
            .into(),
            11 => Vacate { occupy: anything }.into(),
            12 => Honour { confirm }.into(),
            13 => Release {
                confirm: anything,
                cause: Cause::Ended,
            }
            .into(),
            14 => Confirm {
                request,
                holds: vec![want.hold(), want.hold()],
                ends: None,
            }
            .into(),
            // Splits what one confirmation holds between devices.
            16 => {
                let named = heap.iter().find(|s| s.id() == confirm).map(Verified::body);
                let unit = match named {
                    Some(Body::Confirm(b)) => b.holds[0].unit,
                    _ => UnitId(0),
                };
                let (first, last) = (period(0), period(2));
                Give {
                    cells: vec![CellRange { unit, first, last }],
                    to,
                }
                .into()
            }
            17 | 18 => Release {
                confirm,
                cause: Cause::Override,
            }
            .into(),
            _ => {
                critical = pick.is_multiple_of(4);
                Body::Unknown { number: 77 }
            }
        };
        let applied = crate::oracle::Authority::of(self.office.id, &self.office.heap).applied;
        let auth = match pick % 8 {
            0 => applied.first().copied(),
            _ => applied.last().copied(),
        };
        let auth = auth.unwrap_or(self.office.authority.1);
        let mut header = self.office.place(device, head, auth);
        header.critical = critical;
        let key = self.office.devices[device].key.clone();
        let Ok(statement) = key.sign(Statement { header, body }) else {
            return;
        };
        if !is_fork {
            let seq = header.link.map_or(0, |l| l.seq);
            self.office.devices[device].head = Some((seq, statement.id()));
        }
        self.office.heap.push(statement);
        self.learn_last(device);
        // Some harm takes two steps: to give what was given before, to release what is no longer one's own alone.
        let second = match what % 40 {
            15 => Some((35, pick.wrapping_add(1))),
            16 => Some((17, pick)),
            _ => None,
        };
        if let Some((what, pick)) = second.filter(|_| !is_fork) {
            self.rogue(device, what, pick, 0, want);
        }
    }
}
