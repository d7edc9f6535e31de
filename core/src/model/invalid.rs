use super::{CellSpan, CompositeId, Duration, Hours, Parts, Rules, Step};
use crate::id::{ClassId, FeatureId, LineId, ReductionId, UnitId};
// What a statement has no room for must not be asked of one.
use crate::limits::{MAX_BUFFER, MAX_HOLDS, MAX_NOTICE_DAYS, MAX_PARTY, MAX_SLOTS};
use crate::money::Ore;
use crate::time::{OfficeDay, UnknownZone};

/// A catalogue that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of each names its fields")]
pub enum Invalid {
    #[error("the {what} has no name")]
    Nameless { what: String },
    #[error("the office has no language")]
    NoLanguage,
    #[error(transparent)]
    Zone(#[from] UnknownZone),
    #[error("the first day {first} is after the last day {last}")]
    DaysReversed { first: OfficeDay, last: OfficeDay },
    #[error("two seasons hold on {day}")]
    SeasonsOverlap { day: OfficeDay },
    #[error("two exceptions are for {day}")]
    ExceptionTwice { day: OfficeDay },
    #[error("{unit} is of class {}, which is not in the catalogue", class.0)]
    NoClass { unit: UnitId, class: ClassId },
    #[error("{unit} has feature {}, which is not in the catalogue", feature.0)]
    NoFeature { unit: UnitId, feature: FeatureId },
    #[error("the premises have feature {}, which is not in the catalogue", feature.0)]
    NoPremisesFeature { feature: FeatureId },
    #[error("{composite} has {units} units: allowed are 2 to {MAX_HOLDS}")]
    CompositeSize {
        composite: CompositeId,
        units: usize,
    },
    #[error("{composite} has {unit}, which is not in the catalogue")]
    NoPart {
        composite: CompositeId,
        unit: UnitId,
    },
    #[error("{unit} is closed but not in the catalogue")]
    NothingToClose { unit: UnitId },
    #[error("class {}: {rule} is {got}, outside {least} to {most}", class.0)]
    RuleOutOfRange {
        class: ClassId,
        rule: &'static str,
        got: u32,
        least: u32,
        most: u32,
    },
    #[error("one person's share of the commons is {share}: allowed are 1 to {MAX_SLOTS}")]
    CommonsShare { share: u8 },
    #[error("a notice may stand for {days} days: allowed are 1 to {MAX_NOTICE_DAYS}")]
    NoticeDays { days: u16 },
    #[error("the guidelines have no text")]
    NoGuidelines,
    #[error("guidelines of version {version} are not later than those before them")]
    GuidelineOrder { version: u32 },
    #[error("line {} has two prices from {from}", line.0)]
    PriceTwice { line: LineId, from: OfficeDay },
    #[error("line {}, price from {from}: its steps must begin with 1, ascend, and cost nothing or more", line.0)]
    PriceSteps { line: LineId, from: OfficeDay },
    #[error("an account may go to {limit} below nothing: expected nothing or more")]
    AccountLimit { limit: Ore },
    #[error("line {} is reduced for reason {}, which is not in the tariff", line.0, reduction.0)]
    NoReduction {
        line: LineId,
        reduction: ReductionId,
    },
    #[error("line {} is for class {}, which is not in the catalogue", line.0, class.0)]
    NoClassOfLine { line: LineId, class: ClassId },
}

/// Ten years and some: dates that anyone could want, and arithmetic far from its limits.
const MAX_DAYS: u32 = 3_660;
/// A day: no grace or opening is longer.
const DAY: u32 = 1_440;
/// A leap year: the longest hold of a yearly cell.
const YEAR: u32 = 366 * DAY;

impl Parts {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        self.check_profile()?;
        check_hours(&self.hours)?;
        for (id, partner) in &self.partners {
            named(&partner.name, || id.to_string())?;
            check_hours(&partner.hours)?;
        }
        self.check_places()?;
        self.check_tariff()?;
        self.commons.map_or(Ok(()), |commons| commons.check())?;
        match &self.guidelines {
            Some(guidelines) if guidelines.text.is_blank() => Err(Invalid::NoGuidelines),
            Some(guidelines) => guidelines
                .check()
                .map_err(|version| Invalid::GuidelineOrder { version }),
            None => Ok(()),
        }
    }

    fn check_profile(&self) -> Result<(), Invalid> {
        let profile = &self.profile;
        named(&profile.name, || "office".into())?;
        if profile.languages.is_empty() {
            return Err(Invalid::NoLanguage);
        }
        profile.zone()?;
        match profile.duration {
            Duration::Temporary { first, last } => forward(first, last),
            Duration::Permanent => Ok(()),
        }
    }

    fn check_tariff(&self) -> Result<(), Invalid> {
        let Some(tariff) = &self.tariff else {
            return Ok(());
        };
        let limit = tariff.accounts.map(|accounts| accounts.limit);
        if let Some(limit) = limit.filter(|limit| *limit < Ore::ZERO) {
            return Err(Invalid::AccountLimit { limit });
        }
        for (id, reason) in &tariff.reductions {
            named(reason, || format!("reduction {}", id.0))?;
        }
        for (id, line) in &tariff.lines {
            named(&line.name, || format!("tariff line {}", id.0))?;
            let known = |class: &&ClassId| !self.classes.contains_key(class);
            if let Some(class) = line.classes.iter().find(known) {
                return Err(Invalid::NoClassOfLine {
                    line: *id,
                    class: *class,
                });
            }
            let mut days = std::collections::BTreeSet::new();
            for price in &line.prices {
                let (line, from) = (*id, price.from);
                if !days.insert(from) {
                    return Err(Invalid::PriceTwice { line, from });
                }
                let reduced = price.reduced.values();
                if !(price.steps.is_empty() || is_staircase(&price.steps))
                    || reduced.into_iter().any(|steps| !is_staircase(steps))
                {
                    return Err(Invalid::PriceSteps { line, from });
                }
                let mut reasons = price.reduced.keys();
                if let Some(reduction) =
                    reasons.find(|reason| !tariff.reductions.contains_key(reason))
                {
                    return Err(Invalid::NoReduction {
                        line,
                        reduction: *reduction,
                    });
                }
            }
        }
        Ok(())
    }

    fn check_places(&self) -> Result<(), Invalid> {
        for (id, feature) in &self.features {
            named(&feature.name, || format!("feature {}", id.0))?;
        }
        let mut premises = self.premises.iter();
        if let Some(feature) = premises.find(|feature| !self.features.contains_key(feature)) {
            return Err(Invalid::NoPremisesFeature { feature: *feature });
        }
        for (id, class) in &self.classes {
            named(&class.name, || format!("class {}", id.0))?;
            check_rules(*id, &class.rules, class.cells)?;
        }
        for (id, unit) in &self.units {
            named(&unit.name, || id.to_string())?;
            if !self.classes.contains_key(&unit.class) {
                return Err(Invalid::NoClass {
                    unit: *id,
                    class: unit.class,
                });
            }
            if let Some(feature) = unit
                .features
                .iter()
                .find(|feature| !self.features.contains_key(feature))
            {
                return Err(Invalid::NoFeature {
                    unit: *id,
                    feature: *feature,
                });
            }
        }
        for (id, composite) in &self.composites {
            named(&composite.name, || id.to_string())?;
            if !(2..=MAX_HOLDS).contains(&composite.units.len()) {
                return Err(Invalid::CompositeSize {
                    composite: *id,
                    units: composite.units.len(),
                });
            }
            if let Some(unit) = composite
                .units
                .iter()
                .find(|unit| !self.units.contains_key(unit))
            {
                return Err(Invalid::NoPart {
                    composite: *id,
                    unit: *unit,
                });
            }
        }
        let closed = self.closures.iter().filter_map(|closure| closure.unit);
        match closed
            .into_iter()
            .find(|unit| !self.units.contains_key(unit))
        {
            Some(unit) => Err(Invalid::NothingToClose { unit }),
            None => Ok(()),
        }
    }
}

fn check_hours(hours: &Hours) -> Result<(), Invalid> {
    let mut seasons: Vec<_> = hours
        .seasons
        .iter()
        .map(|season| (season.first, season.last))
        .collect();
    seasons.sort_unstable();
    for (first, last) in &seasons {
        forward(*first, *last)?;
    }
    for (before, after) in seasons.iter().zip(seasons.iter().skip(1)) {
        if after.0 <= before.1 {
            return Err(Invalid::SeasonsOverlap { day: after.0 });
        }
    }
    let mut days = std::collections::BTreeSet::new();
    match hours
        .exceptions
        .iter()
        .find(|exception| !days.insert(exception.day))
    {
        Some(exception) => Err(Invalid::ExceptionTwice { day: exception.day }),
        None => Ok(()),
    }
}

fn named(name: &super::Text, what: impl FnOnce() -> String) -> Result<(), Invalid> {
    if name.is_blank() {
        Err(Invalid::Nameless { what: what() })
    } else {
        Ok(())
    }
}

/// Steps that begin with the first, ascend, and cost nothing or more.
fn is_staircase(steps: &[Step]) -> bool {
    let ascending = steps.iter().zip(steps.iter().skip(1));
    steps.first().is_some_and(|first| first.from == 1)
        && ascending.into_iter().all(|(a, b)| a.from < b.from)
        && steps.iter().all(|step| step.ore >= Ore::ZERO)
}

fn forward(first: OfficeDay, last: OfficeDay) -> Result<(), Invalid> {
    if first <= last {
        Ok(())
    } else {
        Err(Invalid::DaysReversed { first, last })
    }
}

fn check_rules(class: ClassId, rules: &Rules, cells: CellSpan) -> Result<(), Invalid> {
    let longest = if cells == CellSpan::Day { DAY } else { YEAR };
    let notice = match rules.notice {
        super::Notice::Before { minutes } | super::Notice::After { minutes } => minutes,
    };
    let window = match rules.policy {
        super::Policy::OnSight => 0,
        super::Policy::Window { minutes } => minutes,
    };
    let ranges = [
        ("max_minutes", rules.max_minutes, 1, longest),
        ("min_minutes", rules.min_minutes, 1, rules.max_minutes),
        ("notice", notice, 0, YEAR),
        ("horizon_days", rules.horizon_days.into(), 0, MAX_DAYS),
        ("dates_open_at", rules.dates_open_at.into(), 0, DAY - 1),
        ("before", rules.before.into(), 0, MAX_BUFFER.into()),
        ("after", rules.after.into(), 0, MAX_BUFFER.into()),
        ("policy window", window, 0, 7 * DAY),
        ("grace_minutes", rules.grace_minutes.into(), 0, DAY),
        ("min_party", rules.min_party.into(), 1, MAX_PARTY.into()),
    ];
    match ranges
        .into_iter()
        .find(|(_, got, least, most)| got < least || most < got)
    {
        Some((rule, got, least, most)) => Err(Invalid::RuleOutOfRange {
            class,
            rule,
            got,
            least,
            most,
        }),
        None => Ok(()),
    }
}
