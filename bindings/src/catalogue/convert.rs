//! From the engine's values.

use super::{Kind, LimitSet, Notice, OperatorKind, Policy, RuleSet};
use allkontor_core::model;

impl From<model::Operator> for OperatorKind {
    fn from(operator: model::Operator) -> Self {
        match operator {
            model::Operator::Municipality => Self::Municipality,
            model::Operator::Library => Self::Library,
            model::Operator::Association => Self::Association,
            model::Operator::Company => Self::Company,
            model::Operator::HousingCompany => Self::HousingCompany,
            model::Operator::Collaboration => Self::Collaboration,
            model::Operator::Other => Self::Other,
        }
    }
}

impl From<model::Kind> for Kind {
    fn from(kind: model::Kind) -> Self {
        match kind {
            model::Kind::Desk => Self::Desk,
            model::Kind::Room => Self::Room,
            model::Kind::Computer => Self::Computer,
            model::Kind::Locker => Self::Locker,
            model::Kind::Pedestal => Self::Pedestal,
            model::Kind::Storage => Self::Storage,
            model::Kind::Equipment => Self::Equipment,
            model::Kind::Seat => Self::Seat,
            model::Kind::Other => Self::Other,
        }
    }
}

impl From<&model::Rules> for RuleSet {
    fn from(rules: &model::Rules) -> Self {
        Self {
            min_minutes: rules.min_minutes,
            max_minutes: rules.max_minutes,
            raster: rules.raster.minutes(),
            notice: match rules.notice {
                model::Notice::Before { minutes } => Notice::BeforeStart { minutes },
                model::Notice::After { minutes } => Notice::AfterStart { minutes },
            },
            horizon_days: rules.horizon_days,
            dates_open_at: rules.dates_open_at,
            before: rules.before,
            after: rules.after,
            policy: match rules.policy {
                model::Policy::OnSight => Policy::OnSight,
                model::Policy::Window { minutes } => Policy::Window { minutes },
            },
            grace_minutes: rules.grace_minutes,
            min_party: rules.min_party,
            limits: LimitSet {
                at_once: rules.limits.at_once,
                per_day: rules.limits.per_day,
                per_week: rules.limits.per_week,
                per_month: rules.limits.per_month,
                minutes: rules.limits.minutes,
            },
            accepted_guidelines: rules.accepted_guidelines,
            introduced_only: rules.introduced_only,
        }
    }
}
