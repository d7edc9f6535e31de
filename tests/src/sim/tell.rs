//! Stories: what happened, for people to read.

use super::op::{Mischief, Op, Want, Weather};
use super::plan::Cast;
use std::fmt;

impl Op {
    /// As a line of a story.
    pub fn tell(&self, cast: &Cast) -> String {
        let name = |who: &u8| cast.name(*who);
        match self {
            Self::Wait { minutes } => format!("{} pass", span(i32::from(*minutes))),
            Self::Tick { who } => format!("{}'s timer goes off", name(who)),
            Self::Book { who, want } => format!("{} books {want}", name(who)),
            Self::Move { who, nth, want } => format!("{} moves booking {nth} to {want}", name(who)),
            Self::Extend { who, nth, quarters } => {
                let by = span(i32::from(*quarters) * 15);
                format!("{} extends booking {nth} by {by}", name(who))
            }
            Self::Cancel { who, nth } => format!("{} cancels booking {nth}", name(who)),
            Self::Arrive { who, nth } => format!("{} has come for booking {nth}", name(who)),
            Self::Look { who, .. } => format!("somebody looks at {}", name(who)),
            Self::WalkIn { who, want, .. } => format!("{} books {want} for a walk-in", name(who)),
            Self::Slip { who, nth, cancels } => {
                let what = if *cancels {
                    "is withdrawn"
                } else {
                    "is shown on arrival"
                };
                format!("slip {nth} {what} at {}", name(who))
            }
            Self::Desk { who, verb, nth } => format!("{}: {verb:?} booking {nth}", name(who)),
            Self::Close { who, want, all } => {
                let what = if *all { "the office, " } else { "" };
                format!("{} closes {what}{want}", name(who))
            }
            Self::Reopen { who, nth } => format!("{} reopens closure {nth}", name(who)),
            Self::Publish { who, variant } => {
                format!("{} publishes catalogue {variant}", name(who))
            }
            Self::DropMonths { who } => format!("{} drops the months before this one", name(who)),
            Self::ConfirmClock { who } => format!("{}'s clock is confirmed", name(who)),
            Self::Meet { from, to, weather } => {
                format!("{} meets {}{weather}", name(from), name(to))
            }
            Self::Dial { from, to } => format!("{} calls {}", name(from), name(to)),
            Self::Carry {
                link,
                count,
                mischief,
                ..
            } => {
                format!("{count} messages of connection {link}{mischief}")
            }
            Self::HangUp { link, rudely } => {
                format!(
                    "connection {link} {}",
                    if *rudely { "breaks" } else { "ends" }
                )
            }
            Self::Split { islands } => format!("the network falls apart ({islands:08x})"),
            Self::Join => "the network is whole".into(),
            Self::Export { who } => format!("{} writes a file", name(who)),
            Self::Import {
                who, file, mangled, ..
            } => {
                format!("{} reads file {file}{}", name(who), damaged(*mangled))
            }
            Self::Card {
                who,
                nth,
                to,
                mangled,
                ..
            } => {
                let (who, to) = (name(who), name(to));
                format!(
                    "{who} shows the code of booking {nth} to {to}{}",
                    damaged(*mangled)
                )
            }
            Self::Kill { who } => format!("{} loses power", name(who)),
            Self::Cut {
                who,
                effects,
                kept,
                again,
            } => {
                let found = if *kept { ", which is found done" } else { "" };
                let again = if *again {
                    ", and once more when it is back"
                } else {
                    ""
                };
                format!(
                    "{} will lose power in write {effects} from now{found}{again}",
                    name(who)
                )
            }
            Self::Fill { who } => format!("{}'s disk is full", name(who)),
            Self::FailWrite { who, after, kept } => {
                format!(
                    "write {after} from now will fail on {}{}",
                    name(who),
                    all_the_same(*kept)
                )
            }
            Self::FailSave { who, after, kept } => {
                format!(
                    "save {after} from now will fail on {}{}",
                    name(who),
                    all_the_same(*kept)
                )
            }
            Self::Lie { who } => format!("{}'s disk stops writing and says nothing", name(who)),
            Self::Repair { who } => format!("{}'s disk is mended", name(who)),
            Self::Backup { who } => format!("somebody copies {}'s disk", name(who)),
            Self::Restore { who } => format!("somebody puts the copy of {}'s disk back", name(who)),
            Self::Sleep { who } => format!("{}'s app goes to sleep", name(who)),
            Self::Skew { who, minutes } => {
                format!("{}'s clock is {} off", name(who), span(*minutes))
            }
            Self::Stop { who } => format!("{}'s clock stops", name(who)),
            Self::SetRight { who } => format!("{}'s clock is set right", name(who)),
            Self::Hostile { who, trick, to, .. } => {
                format!("{} tries trick {trick} on {}", name(who), name(to))
            }
            Self::Rogue { who, trick, to, .. } => {
                format!(
                    "{} goes bad (trick {trick}) and tells {}",
                    name(who),
                    name(to)
                )
            }
            Self::Clone { who, into } => {
                format!("somebody copies {} whole: the {}", name(who), name(into))
            }
            Self::Settle => "everything is mended and everybody meets".into(),
        }
    }
}

fn span(minutes: i32) -> String {
    match minutes {
        _ if minutes % 1_440 == 0 => format!("{} days", minutes / 1_440),
        _ if minutes % 60 == 0 => format!("{} hours", minutes / 60),
        _ => format!("{minutes} minutes"),
    }
}

fn damaged(mangled: bool) -> &'static str {
    if mangled { ", damaged" } else { "" }
}

fn all_the_same(kept: bool) -> &'static str {
    if kept { ", and be found done" } else { "" }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, quarter) = (self.start / 4, self.start % 4);
        let Self {
            what,
            day,
            length,
            extra,
            ..
        } = self;
        write!(
            f,
            "{what}+{extra} in {day} days at {hour:02}:{:02} for {}",
            quarter * 15,
            span(i32::from(*length) * 15)
        )
    }
}

impl fmt::Display for Weather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            lost,
            twice,
            shuffled,
            cut,
            ..
        } = self;
        if *self == Self::FAIR {
            return Ok(());
        }
        let mut words = Vec::new();
        words.extend((*lost > 0).then(|| format!("{lost} % lost")));
        words.extend((*twice > 0).then(|| format!("{twice} % twice")));
        words.extend(shuffled.then(|| "out of order".to_owned()));
        words.extend(cut.map(|after| format!("cut after {after} messages")));
        write!(f, " ({})", words.join(", "))
    }
}

impl fmt::Display for Mischief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => " arrive",
            Self::Lost => ", the first lost",
            Self::Twice => ", the first twice",
            Self::Overtaken => ", the second before the first",
            Self::Mangled => ", the first damaged",
        })
    }
}
