//! What an event does to the world.

mod desk;
mod hostile;
mod machines;
mod papers;
mod people;
mod rogue;

pub(super) use papers::mangle;

use super::node::Clock;
use super::op::Op;
use super::violation::Violation;
use super::world::World;

/// Whether anything came of an event: somebody may be away, or have nothing to do it with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It happened, or was refused in good order.
    Done,
    /// There was nobody or nothing to do it with.
    Nothing,
}

impl Came {
    pub(super) fn of<T>(outcome: Option<T>) -> Self {
        outcome.map_or(Self::Nothing, |_| Self::Done)
    }
}

/// What people may be told when they ask for something.
const ASKING: &[&str] = &[
    "not_joined",
    "no_catalogue",
    "no_such_booking",
    "changed_too_often",
    "booking_ended",
    "against_a_rule",
    "other_month",
    "ends_before_start",
];

impl World {
    /// Lets one thing happen.
    pub fn act(&mut self, op: &Op) -> Result<Came, Violation> {
        match *op {
            Op::Wait { minutes } => {
                self.now = self.now.plus_minutes(i64::from(minutes));
                Ok(Came::Done)
            }
            Op::Tick { who } => self
                .on(who, &[], |device, now| device.tick(now))
                .map(Came::of),
            Op::Book { who, want } => self.book(who, want),
            Op::Move { who, nth, want } => self.move_booking(who, nth, want),
            Op::Extend { who, nth, quarters } => self.extend(who, nth, quarters),
            Op::Cancel { who, nth } => self.cancel(who, nth),
            Op::Arrive { who, nth } => self.arrive(who, nth),
            Op::Look { who, nth, want } => self.look_around(who, nth, want),
            Op::WalkIn { who, want, seed } => self.walk_in(who, want, seed),
            Op::Slip { who, nth, cancels } => self.show_slip(who, nth, cancels),
            Op::Desk { who, verb, nth } => self.decide(who, verb, nth),
            Op::Close { who, want, all } => self.close(who, want, all),
            Op::Reopen { who, nth } => self.reopen(who, nth),
            Op::Publish { who, variant } => self.publish(who, variant),
            Op::DropMonths { who } => self.drop_months(who),
            Op::ConfirmClock { who } => self.confirm_clock(who),
            Op::Meet { from, to, weather } => self.meet(from, to, weather),
            Op::Dial { from, to } => self.dial(from, to),
            Op::Carry {
                link,
                count,
                mischief,
                salt,
            } => self.carry(link, count, mischief, salt),
            Op::HangUp { link, rudely } => self.hang_up(link, rudely),
            Op::Split { islands } => {
                self.islands = Some(islands);
                self.counts.add("splits", 1);
                Ok(Came::Done)
            }
            Op::Join => Ok(Came::of(self.islands.take())),
            Op::Export { who } => self.export(who),
            Op::Import {
                who,
                file,
                mangled,
                salt,
            } => self.import(who, file, mangled, salt),
            Op::Card {
                who,
                nth,
                to,
                mangled,
                salt,
            } => self.show_card(who, nth, to, mangled, salt),
            Op::Kill { who } => self.kill(who),
            Op::Cut {
                who,
                effects,
                kept,
                again,
            } => self.machine(who, |m| m.cut_power(effects, kept, again)),
            Op::Fill { who } => self.machine(who, |machine| machine.fill()),
            Op::FailWrite { who, after, kept } => self.machine(who, |m| m.fail_write(after, kept)),
            Op::FailSave { who, after, kept } => self.machine(who, |m| m.fail_save(after, kept)),
            Op::Lie { who } => self.machine(who, |machine| machine.lie()),
            Op::Repair { who } => self.machine(who, |machine| machine.repair()),
            Op::Backup { who } => self.back_up(who),
            Op::Restore { who } => self.restore(who),
            Op::Sleep { who } => self
                .on(who, &[], |device, _| device.maintain())
                .map(Came::of),
            Op::Skew { who, minutes } => self.set_clock(who, |_| Clock::Off(minutes)),
            Op::Stop { who } => self.set_clock(who, Clock::Stopped),
            Op::SetRight { who } => self.set_clock(who, |_| Clock::Right),
            Op::Hostile {
                who,
                trick,
                to,
                salt,
            } => self.trick(who, trick, to, salt),
            Op::Rogue {
                who,
                trick,
                to,
                salt,
            } => self.go_rogue(who, trick, to, salt),
            Op::Clone { who, into } => self.clone_device(who, into),
            Op::Settle => self.settle().map(|()| Came::Done),
        }
    }

    /// The item that a number picks.
    pub(super) fn nth<T: Clone>(items: &[T], nth: u8) -> Option<T> {
        items
            .get(usize::from(nth).checked_rem(items.len())?)
            .cloned()
    }
}
