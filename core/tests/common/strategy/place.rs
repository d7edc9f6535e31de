//! Where a statement may stand.

use super::values::*;
use crate::common::samples::{is_of_commons, placed, roster};
use allkontor_core::id::OfficeId;
use allkontor_core::statement::{Body, Document, Header, Kind, Link, Statement};
use proptest::prelude::*;

/// That body in any place where its kind may stand.
pub fn in_place(body: Body) -> impl Strategy<Value = Statement> {
    let office = any::<[u8; 32]>().prop_map(OfficeId);
    let chained = (any::<u32>(), id(), id());
    let where_it_stands = (office, chain_document(), any::<bool>(), chained);
    where_it_stands.prop_map(move |(office, document, critical, (seq, prev, auth))| {
        let mut statement = placed(body.clone());
        if statement.header == Header::GENESIS {
            return statement;
        }
        let link = |seq, auth| {
            let prev = Some(prev);
            Some(Link { seq, prev, auth })
        };
        let (document, link) = match statement.body.kind() {
            Kind::Authority => (Document::Authority, link(seq.max(1), None)),
            Kind::Steward => (document, link(seq, Some(auth))),
            Kind::Money => (Document::Till(2026), link(seq, Some(auth))),
            Kind::People => (Document::People(2026), link(seq, Some(auth))),
            Kind::Commons => (Document::Commons(2026), link(seq, Some(auth))),
            Kind::Roster => (roster(), link(seq, Some(auth))),
            Kind::Visitor if is_of_commons(&statement.body) => (Document::Commons(2026), None),
            Kind::Visitor | Kind::Unknown => (document, None),
        };
        let header = &mut statement.header;
        (header.office, header.critical) = (Some(office), critical);
        (header.document, header.link) = (document, link);
        statement
    })
}
