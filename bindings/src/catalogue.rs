//! What an office is, with every name in one language: enough to draw a screen. `catalogue_json` has the rest.

mod convert;

use crate::ids::Interval;
use crate::{AllkontorError, Device};
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::{self, Catalogue, CompositeId, PartnerId};
use allkontor_core::time::{DayStart, OfficeDay};

/// An office as published.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OfficeInfo {
    /// Rises with every publication.
    pub version: u32,
    /// What it is called.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Postcode, as written in that country.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Country code (ISO 3166-1 alpha-2).
    pub country: String,
    /// Language tags (BCP 47) in which people are served.
    pub languages: Vec<String>,
    /// The IANA time zone of its wall clock.
    pub zone: String,
    /// The minute after midnight at which an office day begins.
    pub day_start: u16,
    /// What kind of body runs it.
    pub operator: OperatorKind,
    /// Who asked the operator to run it.
    pub commissioned_by: Option<String>,
    /// Whether it is here to stay.
    pub permanence: Permanence,
    /// The code of conduct, to be shown before the first booking.
    pub guidelines: Option<Guidelines>,
    /// Features that units may have, by number.
    pub features: Vec<FeatureInfo>,
    /// Classes, by number.
    pub classes: Vec<ClassInfo>,
    /// Units, by number.
    pub units: Vec<UnitInfo>,
    /// What is booked together, by number.
    pub bundles: Vec<Bundle>,
    /// When a unit or the whole office is shut.
    pub closures: Vec<ClosureInfo>,
    /// Who else is in the house, by number. `partner_hours` says when.
    pub partners: Vec<PartnerInfo>,
    /// Suggestions and the notice board; none where there are none.
    pub commons: Option<CommonsInfo>,
    /// Whether the office keeps a roster: how people are reached who want to be, for the staff alone.
    pub keeps_roster: bool,
}

/// What the office says about suggestions and its notice board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CommonsInfo {
    /// How often one person can suggest, support and post in a year, all together.
    pub share: u8,
    /// For how many days a notice may stand, today included.
    pub notice_days: u16,
}

/// Somebody in the same house with hours of their own: the café next door, a clothes library.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PartnerInfo {
    /// Its number.
    pub id: PartnerId,
    /// What people call it.
    pub name: String,
    /// What it is and offers.
    pub about: String,
}

/// What kind of body runs an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum OperatorKind {
    /// A municipality.
    Municipality,
    /// A library.
    Library,
    /// An association.
    Association,
    /// A company.
    Company,
    /// A housing company.
    HousingCompany,
    /// Several of them together.
    Collaboration,
    /// Another kind.
    Other,
}

/// Whether an office is here to stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Permanence {
    /// No last day is known.
    Permanent,
    /// Closed before the first day and after the last.
    Temporary {
        /// The first day it opens.
        first: OfficeDay,
        /// The last day it opens.
        last: OfficeDay,
    },
}

/// A code of conduct.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Guidelines {
    /// Rises when it must be accepted anew.
    pub version: u32,
    /// The text.
    pub text: String,
}

/// Something a unit offers, or a person needs.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FeatureInfo {
    /// Its number.
    pub id: FeatureId,
    /// A stable word for pictograms, such as `hearing_loop`.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Whether somebody may be unable to use a place without it.
    pub accessibility: bool,
}

/// Units that can stand in for one another and follow the same rules.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClassInfo {
    /// Its number.
    pub id: ClassId,
    /// What people call it.
    pub name: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// How far one booking may reach.
    pub cells: Cells,
    /// What a booking must satisfy.
    pub rules: RuleSet,
}

/// What sort of thing a class is made of, to show the right picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Kind {
    /// A place to sit and work.
    Desk,
    /// A meeting room, or a part of one.
    Room,
    /// A computer to borrow.
    Computer,
    /// A locker.
    Locker,
    /// A mobile pedestal.
    Pedestal,
    /// A storage room.
    Storage,
    /// A printer, copier, projector, telephone, fax.
    Equipment,
    /// A seat at events, and at nothing else.
    Seat,
    /// Another sort.
    Other,
}

/// How far one booking may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Cells {
    /// One office day, inside opening hours.
    OfficeDays,
    /// One calendar year, nights included: for rent.
    Years,
}

/// What a booking of a class must satisfy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RuleSet {
    /// The shortest booking, in minutes.
    pub min_minutes: u32,
    /// The longest booking, in minutes.
    pub max_minutes: u32,
    /// Minutes between possible starts, counted from midnight.
    pub raster: u16,
    /// Until when a booking may be asked for.
    pub notice: Notice,
    /// How many days ahead a booking may reach.
    pub horizon_days: u16,
    /// The minute after midnight at which the date `horizon_days` ahead opens.
    pub dates_open_at: u16,
    /// Minutes kept free before each booking.
    pub before: u16,
    /// Minutes kept free after each booking.
    pub after: u16,
    /// When the office decides.
    pub policy: Policy,
    /// Minutes after the start at which an empty place may be given away.
    pub grace_minutes: u16,
    /// The fewest people who may ask.
    pub min_party: u16,
    /// One person's share.
    pub limits: LimitSet,
    /// Whether whoever asks must have accepted the guidelines that hold.
    pub accepted_guidelines: bool,
    /// Whether it is for those alone whom the staff have shown round.
    pub introduced_only: bool,
}

/// Until when a booking may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Notice {
    /// At least that many minutes before its start.
    BeforeStart {
        /// Minutes.
        minutes: u32,
    },
    /// Even after its start.
    AfterStart {
        /// Minutes.
        minutes: u32,
    },
}

/// When the office decides what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Policy {
    /// As soon as it sees it.
    OnSight,
    /// When a date has been open that long, among all that were asked for.
    Window {
        /// Minutes after the date opened.
        minutes: u32,
    },
}

/// One person's share of a class; none is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LimitSet {
    /// Bookings that have not ended.
    pub at_once: Option<u32>,
    /// Bookings in one office day.
    pub per_day: Option<u32>,
    /// Bookings in one week, Monday to Sunday.
    pub per_week: Option<u32>,
    /// Bookings in one calendar month.
    pub per_month: Option<u32>,
    /// Minutes in all, of bookings that have not ended.
    pub minutes: Option<u32>,
}

/// One thing that one party can hold at a time.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UnitInfo {
    /// Its number.
    pub id: UnitId,
    /// What the sign on it says.
    pub name: String,
    /// Its class.
    pub class_id: ClassId,
    /// What it offers, what the premises as a whole offer included.
    pub features: Vec<FeatureId>,
    /// Whether visitors may ask for it.
    pub bookable: bool,
}

/// Units booked together, all or nothing.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Bundle {
    /// Its number.
    pub id: CompositeId,
    /// What people call it.
    pub name: String,
    /// At least two units.
    pub units: Vec<UnitId>,
}

/// A dated shutting.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClosureInfo {
    /// From when to when.
    pub interval: Interval,
    /// The unit; none for the whole office.
    pub unit: Option<UnitId>,
    /// Why, for everyone to read.
    pub reason: String,
}

#[uniffi::export]
impl Device {
    /// The published catalogue with its names in a language, or the nearest there is; none before it has come.
    pub fn office(&self, language: String) -> Result<Option<OfficeInfo>, AllkontorError> {
        self.with(|engine| {
            let Some(catalogue) = engine.catalogue()? else {
                return Ok(None);
            };
            let version = engine.catalogue_version()?.unwrap_or(0);
            let day_start = engine.day_start()?;
            Ok(Some(office(&catalogue, version, day_start, &language)))
        })
    }

    /// The published catalogue as JSON, byte for byte; none before it has come.
    pub fn catalogue_json(&self) -> Result<Option<Vec<u8>>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.catalogue()?))?;
        Ok(found.map(|catalogue| catalogue.to_bytes().to_vec()))
    }
}

fn office(catalogue: &Catalogue, version: u32, day_start: DayStart, language: &str) -> OfficeInfo {
    let in_language = |text: &model::Text| text.in_language(language).to_owned();
    let (parts, profile) = (catalogue.parts(), catalogue.profile());
    OfficeInfo {
        version,
        name: in_language(&profile.name),
        street: profile.address.street.clone(),
        postcode: profile.address.postcode.clone(),
        city: profile.address.city.clone(),
        country: profile.address.country.clone(),
        languages: profile.languages.iter().cloned().collect(),
        zone: profile.zone.clone(),
        day_start: day_start.get(),
        operator: profile.operator.into(),
        commissioned_by: profile.commissioned_by.clone(),
        permanence: match profile.duration {
            model::Duration::Permanent => Permanence::Permanent,
            model::Duration::Temporary { first, last } => Permanence::Temporary { first, last },
        },
        guidelines: parts.guidelines.as_ref().map(|guidelines| Guidelines {
            version: guidelines.version,
            text: in_language(&guidelines.text),
        }),
        features: (parts.features.iter())
            .map(|(id, feature)| FeatureInfo {
                id: *id,
                key: feature.key.clone(),
                name: in_language(&feature.name),
                accessibility: feature.accessibility,
            })
            .collect(),
        classes: (parts.classes.iter())
            .map(|(id, class)| ClassInfo {
                id: *id,
                name: in_language(&class.name),
                kind: class.kind.into(),
                cells: match class.cells {
                    model::CellSpan::Day => Cells::OfficeDays,
                    model::CellSpan::Year => Cells::Years,
                },
                rules: (&class.rules).into(),
            })
            .collect(),
        units: (parts.units.iter())
            .map(|(id, unit)| UnitInfo {
                id: *id,
                name: in_language(&unit.name),
                class_id: unit.class,
                features: catalogue.features_of(*id).into_iter().collect(),
                bookable: unit.bookable,
            })
            .collect(),
        bundles: (parts.composites.iter())
            .map(|(id, bundle)| Bundle {
                id: *id,
                name: in_language(&bundle.name),
                units: bundle.units.iter().copied().collect(),
            })
            .collect(),
        closures: (parts.closures.iter())
            .map(|closure| ClosureInfo {
                interval: closure.interval.into(),
                unit: closure.unit,
                reason: in_language(&closure.reason),
            })
            .collect(),
        partners: (parts.partners.iter())
            .map(|(id, partner)| PartnerInfo {
                id: *id,
                name: in_language(&partner.name),
                about: in_language(&partner.about),
            })
            .collect(),
        commons: parts.commons.map(|commons| CommonsInfo {
            share: commons.share,
            notice_days: commons.notice_days,
        }),
        keeps_roster: parts.roster,
    }
}
