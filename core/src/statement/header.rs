use super::field::{Field, Fields, RawFields};
use super::{Body, Document, Family, Kind};
use crate::cbor::CborError;
use crate::id::{OfficeId, StatementId};

/// The place of a statement in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Statements before it in the chain.
    pub seq: u32,
    /// The statement before it; for a steward's first, its `Certify`. None for Genesis only.
    pub prev: Option<StatementId>,
    /// The newest authority statement its author knew. In stewards' chains only.
    pub auth: Option<StatementId>,
}

/// Where a statement belongs. Signed with it, so it means nothing in another office or document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Header {
    /// The office; none for Genesis, which founds it.
    pub office: Option<OfficeId>,
    /// The document.
    pub document: Document,
    /// Whether a device that does not know this kind must stop following its chain here.
    pub critical: bool,
    /// Its place in its author's chain; none for what visitors say.
    pub link: Option<Link>,
}

/// A statement's content: what is signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// Where it belongs.
    pub header: Header,
    /// What it says.
    pub body: Body,
}

impl Header {
    /// A statement in no chain: a ticket, or what a visitor says.
    pub fn standalone(office: OfficeId, document: Document) -> Self {
        Self {
            office: Some(office),
            document,
            critical: false,
            link: None,
        }
    }

    /// A statement in a chain.
    pub fn linked(office: OfficeId, document: Document, link: Link) -> Self {
        Self {
            office: Some(office),
            document,
            critical: false,
            link: Some(link),
        }
    }

    /// The header of a Genesis.
    pub const GENESIS: Self = Self {
        office: None,
        document: Document::Authority,
        critical: false,
        link: Some(Link {
            seq: 0,
            prev: None,
            auth: None,
        }),
    };
}

impl Statement {
    /// The deterministic CBOR that is signed.
    pub(super) fn to_payload(&self) -> Vec<u8> {
        let mut fields = Fields::default();
        let Header {
            office,
            document,
            critical,
            link,
        } = &self.header;
        fields.put(0, &self.body.number());
        office.put_field(1, &mut fields);
        fields.put(2, document);
        critical.then_some(true).put_field(3, &mut fields);
        if let Some(Link { seq, prev, auth }) = link {
            fields.put(4, seq);
            prev.put_field(5, &mut fields);
            auth.put_field(6, &mut fields);
        }
        self.body.put(&mut fields);
        fields.into_bytes()
    }

    pub(super) fn from_payload(payload: &[u8]) -> Result<Self, CborError> {
        let fields = RawFields::read(payload)?;
        let number = u16::take_field(&fields, 0, "kind")?;
        let seq = Option::<u32>::take_field(&fields, 4, "seq")?;
        let prev: Option<StatementId> = Field::take_field(&fields, 5, "prev")?;
        let auth: Option<StatementId> = Field::take_field(&fields, 6, "auth")?;
        let link = match seq {
            Some(seq) => Some(Link { seq, prev, auth }),
            None if prev.is_none() && auth.is_none() => None,
            None => return Err(CborError::Missing { what: "seq" }),
        };
        let header = Header {
            office: Field::take_field(&fields, 1, "office")?,
            document: Field::take_field(&fields, 2, "document")?,
            critical: match Field::take_field(&fields, 3, "critical")? {
                None => false,
                Some(true) => true,
                Some(false) => {
                    return Err(CborError::Invalid {
                        what: "critical",
                        why: "left out when false",
                    });
                }
            },
            link,
        };
        let statement = Self {
            header,
            body: Body::take(number, &fields)?,
        };
        statement.check_place()?;
        Ok(statement)
    }

    /// A kind we know stands where that kind stands.
    fn check_place(&self) -> Result<(), CborError> {
        let fail = |what, why| Err(CborError::Invalid { what, why });
        let Header {
            office,
            document,
            link,
            ..
        } = &self.header;
        if let Body::Genesis(_) = self.body {
            return if self.header == Header::GENESIS {
                Ok(())
            } else {
                fail("Genesis", "it founds an office and has nothing before it")
            };
        }
        if office.is_none() {
            return fail("office", "only a Genesis has none");
        }
        match (self.body.kind(), link) {
            (Kind::Unknown, _) => Ok(()),
            (Kind::Visitor, None) if document.family() == Some(Family::Till) => {
                fail("document", "a till is for the office's devices alone")
            }
            (Kind::Visitor, None) if document.is_internal() => fail(
                "document",
                "what is known of people is for the office's devices alone",
            ),
            (Kind::Visitor, None) => match (document.family(), self.body.is_of_commons()) {
                (Some(Family::Commons), Some(false)) => {
                    fail("document", "of this kind nothing is in a commons document")
                }
                (Some(Family::Commons), _) | (_, None | Some(false)) => Ok(()),
                (_, Some(true)) => fail(
                    "document",
                    "what people say to one another is in a commons document",
                ),
            },
            (Kind::Visitor, Some(_)) => fail("seq", "this kind stands in no chain"),
            (_, None) => fail("seq", "this kind stands in a chain"),
            (_, Some(Link { prev: None, .. })) => fail("prev", "only a Genesis has none"),
            (Kind::Authority, Some(Link { seq, auth, .. })) => match (document, seq, auth) {
                (_, 0, _) => fail("seq", "only a Genesis is first in the admin chain"),
                (_, _, Some(_)) => fail("auth", "the admin chain is its own authority"),
                (Document::Authority, _, None) => Ok(()),
                _ => fail("document", "the admin chain is in the authority document"),
            },
            (
                Kind::Steward | Kind::Money | Kind::People | Kind::Commons | Kind::Roster,
                Some(Link { auth: None, .. }),
            ) => fail("auth", "missing in a steward's chain"),
            (Kind::Commons, Some(_)) => match (document.family(), &self.body) {
                (Some(Family::Commons), _) => Ok(()),
                // What somebody noted of a thing is erased like what they said.
                (Some(Family::Ledger | Family::Storage), Body::Moderate(_)) => Ok(()),
                _ => fail(
                    "document",
                    "what the office says of suggestions and notices is in a commons document",
                ),
            },
            (Kind::Roster, Some(_)) => match document.family() {
                Some(Family::Roster) => Ok(()),
                _ => fail("document", "how people are reached is in a roster document"),
            },
            (Kind::Money, Some(_)) => match document.family() {
                Some(Family::Till) => Ok(()),
                _ => fail("document", "money is in a till document"),
            },
            (Kind::People, Some(_)) => match document.family() {
                Some(Family::People) => Ok(()),
                _ => fail(
                    "document",
                    "what is known of people is in a people document",
                ),
            },
            (Kind::Steward, Some(_)) => match (document.family(), &self.body) {
                (Some(Family::Till), Body::Take(_)) => Ok(()),
                (Some(Family::Ledger | Family::Storage), _) => Ok(()),
                (Some(Family::Till), _) => fail("document", "of this kind nothing is in a till"),
                (Some(Family::People), _) => {
                    fail("document", "of this kind nothing is in a people document")
                }
                (Some(Family::Commons), _) => {
                    fail("document", "of this kind nothing is in a commons document")
                }
                (Some(Family::Roster), _) => {
                    fail("document", "of this kind nothing is in a roster document")
                }
                (None, _) => fail(
                    "document",
                    "a steward's chain is in a ledger or storage document",
                ),
            },
        }
    }
}
