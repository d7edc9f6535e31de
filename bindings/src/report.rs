//! How the office was used, for those who run and fund it.

use crate::{AllkontorError, Device};
use allkontor_core::id::{ClassId, LineId};
use allkontor_core::report::{self, ClassUse, Figure, Pattern, Report, ReportOrder};
use allkontor_core::time::Month;

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct YearMonth {
    /// 1970 to 2199.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

/// How an office was used, whole months at a time. Counts of places: four desks booked together are four. A figure that is
/// absent is withheld: it would tell of fewer bookings than the smallest group, or let that be worked out.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UsageReport {
    /// The first month.
    pub first: YearMonth,
    /// The last month.
    pub last: YearMonth,
    /// The smallest group that is told of.
    pub smallest_group: u32,
    /// Months of which nothing is here: dropped, or before the office's first.
    pub missing: Vec<YearMonth>,
    /// Events; whom they reached, the classes of seats tell.
    pub events: EventCounts,
    /// By class; of places that are not in the catalogue any more, together, at the front.
    pub classes: Vec<ClassUsage>,
    /// What was charged, by line of the tariff. Lines add up to nothing that is told.
    pub money: Vec<LineMoney>,
    /// The same as CSV (RFC 4180), a figure a row, names in the language asked for.
    pub csv: String,
    /// The same as JSON (RFC 8259), `null` for what is withheld.
    pub json: String,
}

/// What was charged by one line of the tariff, paid or not; deposits are none.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LineMoney {
    /// The line.
    pub line: LineId,
    /// What it is called, in the language asked for.
    pub name: String,
    /// How many: pages, months, pieces.
    pub quantity: Option<u64>,
    /// What they came to, corrections included.
    pub ore: Option<u64>,
    /// The same in each month.
    pub months: Vec<MonthMoney>,
}

/// What was charged in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct MonthMoney {
    /// The month.
    pub month: YearMonth,
    /// How many.
    pub quantity: Option<u64>,
    /// What they came to.
    pub ore: Option<u64>,
}

/// Events of those months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EventCounts {
    /// Let through, and not called off or withdrawn since.
    pub held: u64,
    /// Dates of those.
    pub dates: u64,
    /// Of those held: by partners in the house.
    pub by_partners: u64,
    /// Let through, and called off or withdrawn.
    pub called_off: u64,
    /// Seats that people could ask for, on each date of those held.
    pub seats: u64,
}

/// How the places of one class were used.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClassUsage {
    /// The class; none for places that are not in the catalogue any more.
    pub class_id: Option<ClassId>,
    /// What it is called, in the language asked for.
    pub name: String,
    /// Minutes for which its places could be booked, all together.
    pub bookable_minutes: u64,
    /// Minutes for which they were: those of `booked`.
    pub booked_minutes: Option<u64>,
    /// Places asked for: booked, cancelled, unmet and waiting.
    pub asked: Option<u64>,
    /// Places that somebody had: came, held and no-show.
    pub booked: Option<u64>,
    /// Checked in.
    pub came: Option<u64>,
    /// Not checked in, and not given to others.
    pub held: Option<u64>,
    /// Given back because nobody came.
    pub no_show: Option<u64>,
    /// Withdrawn by those who asked.
    pub cancelled: Option<u64>,
    /// Demand that could not be met: declined and displaced.
    pub unmet: Option<u64>,
    /// The office said no.
    pub declined: Option<u64>,
    /// Confirmed, then taken back by the office, and not placed again.
    pub displaced: Option<u64>,
    /// Not decided.
    pub waiting: Option<u64>,
    /// When places were had.
    pub use_by: UsagePattern,
    /// When demand could not be met.
    pub unmet_by: UsagePattern,
    /// Bookings, by how long their people waited for the confirmation: at most a quarter of an hour, an hour, a day, longer.
    pub waited: Vec<Option<u64>>,
}

/// When in the day and in the week.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UsagePattern {
    /// 24, from midnight on, on the office's clock: places count in every hour that they touch.
    pub hours: Vec<Option<u64>>,
    /// 7, from Monday on: the office day on which they begin.
    pub weekdays: Vec<Option<u64>>,
}

#[uniffi::export]
impl Device {
    /// How the office was used from `first` to `last`, both included: for stewards. What says something about fewer than
    /// `smallest_group` bookings is withheld; 5 is customary, 1 withholds nothing. Class names are in `language` (BCP 47).
    pub fn report(
        &self,
        first: YearMonth,
        last: YearMonth,
        smallest_group: u32,
        language: String,
    ) -> Result<UsageReport, AllkontorError> {
        let order = ReportOrder::new(first.try_into()?, last.try_into()?, smallest_group)
            .map_err(|error| AllkontorError::argument("not_a_report", error))?;
        let report = self.with(|engine| Ok(engine.report(order)?))?;
        Ok(UsageReport::new(&report, &language))
    }
}

impl UsageReport {
    fn new(report: &Report, language: &str) -> Self {
        Self {
            first: report.first.into(),
            last: report.last.into(),
            smallest_group: report.smallest,
            missing: report
                .missing
                .iter()
                .copied()
                .map(YearMonth::from)
                .collect(),
            events: report.events.into(),
            classes: report
                .classes
                .iter()
                .map(|class| ClassUsage::new(class, language))
                .collect(),
            money: report
                .money
                .iter()
                .map(|line| LineMoney::new(line, language))
                .collect(),
            csv: report.to_csv(language),
            json: report.to_json(),
        }
    }
}

impl LineMoney {
    fn new(line: &report::LineMoney, language: &str) -> Self {
        let month = |one: &report::MonthMoney| MonthMoney {
            month: one.month.into(),
            quantity: one.quantity.count(),
            ore: one.ore.count(),
        };
        Self {
            line: line.line,
            name: line.name.in_language(language).to_owned(),
            quantity: line.quantity.count(),
            ore: line.ore.count(),
            months: line.months.iter().map(month).collect(),
        }
    }
}

impl ClassUsage {
    fn new(class: &ClassUse, language: &str) -> Self {
        let waited = class.waited;
        Self {
            class_id: class.class,
            name: class.name.in_language(language).to_owned(),
            bookable_minutes: class.bookable_minutes,
            booked_minutes: class.booked_minutes.count(),
            asked: class.asked.count(),
            booked: class.booked.count(),
            came: class.came.count(),
            held: class.held.count(),
            no_show: class.no_show.count(),
            cancelled: class.cancelled.count(),
            unmet: class.unmet.count(),
            declined: class.declined.count(),
            displaced: class.displaced.count(),
            waiting: class.waiting.count(),
            use_by: (&class.use_by).into(),
            unmet_by: (&class.unmet_by).into(),
            waited: counts(&[waited.quarter_hour, waited.hour, waited.day, waited.longer]),
        }
    }
}

impl From<report::EventCounts> for EventCounts {
    fn from(events: report::EventCounts) -> Self {
        Self {
            held: events.held,
            dates: events.dates,
            by_partners: events.by_partners,
            called_off: events.called_off,
            seats: events.seats,
        }
    }
}

impl From<&Pattern> for UsagePattern {
    fn from(pattern: &Pattern) -> Self {
        Self {
            hours: counts(&pattern.hours),
            weekdays: counts(&pattern.weekdays),
        }
    }
}

fn counts(figures: &[Figure]) -> Vec<Option<u64>> {
    figures.iter().map(|figure| figure.count()).collect()
}

impl TryFrom<YearMonth> for Month {
    type Error = AllkontorError;

    fn try_from(asked: YearMonth) -> Result<Self, Self::Error> {
        Self::new(i32::from(asked.year), u32::from(asked.month)).ok_or_else(|| {
            let detail = format!(
                "{:04}-{:02} is no month of 1970-01 to 2199-12",
                asked.year, asked.month
            );
            AllkontorError::argument("out_of_range", detail)
        })
    }
}

impl From<Month> for YearMonth {
    fn from(month: Month) -> Self {
        Self {
            year: u16::try_from(month.year()).unwrap_or_default(),
            month: u8::try_from(month.month()).unwrap_or_default(),
        }
    }
}
