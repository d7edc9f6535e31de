//! Payload fields: a value under a small integer key, required or optional.

use crate::cbor::{CborError, Reader, Writer};
use crate::id::{
    ClassId, ConditionId, Digest, FeatureId, OfficeId, PublicKey, StatementId, UnitId,
};
use crate::limits;
use crate::time::{CivilMinute, OfficeDay};

/// Something with one CBOR form.
pub(crate) trait Value: Sized {
    fn put(&self, to: &mut Writer);
    fn take(from: &mut Reader<'_>) -> Result<Self, CborError>;
}

/// An item of a list, whose length has a limit.
pub(crate) trait Item: Value {
    const WHAT: &'static str;
    const MIN: usize = 1;
    const MAX: usize;
}

/// A field of a payload: required, or `Option` and left out when `None`.
pub(crate) trait Field: Sized {
    fn put_field(&self, key: u64, to: &mut Fields);
    fn take_field(from: &RawFields<'_>, key: u64, what: &'static str) -> Result<Self, CborError>;
}

/// Fields being written, in ascending key order.
#[derive(Default)]
pub(crate) struct Fields(Vec<(u64, Writer)>);

impl Fields {
    pub(crate) fn put(&mut self, key: u64, value: &impl Value) {
        debug_assert!(
            self.0.last().is_none_or(|(last, _)| *last < key),
            "field {key} out of order"
        );
        let mut writer = Writer::new();
        value.put(&mut writer);
        self.0.push((key, writer));
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        let mut out = Writer::new();
        out.map(self.0.len());
        for (key, value) in self.0 {
            out.uint(key).raw(&value.into_bytes());
        }
        out.into_bytes()
    }
}

/// Fields being read: key and encoded value, ascending.
pub(crate) struct RawFields<'a>(Vec<(u64, &'a [u8])>);

impl<'a> RawFields<'a> {
    pub(crate) fn read(payload: &'a [u8]) -> Result<Self, CborError> {
        let mut reader = Reader::new(payload);
        let entries = reader.map("number of fields", limits::MAX_FIELDS)?;
        // Grown as fields are read: the number of them is only a claim so far.
        let mut fields: Vec<(u64, &[u8])> = Vec::new();
        for _ in 0..entries {
            let at = reader.position();
            let key = reader.uint()?;
            if fields.last().is_some_and(|(last, _)| *last >= key) {
                return Err(CborError::KeyOrder { at });
            }
            fields.push((key, reader.value()?));
        }
        reader.finish()?;
        Ok(Self(fields))
    }

    fn find(&self, key: u64) -> Option<&'a [u8]> {
        let index = self.0.binary_search_by_key(&key, |(k, _)| *k).ok()?;
        self.0.get(index).map(|(_, value)| *value)
    }
}

impl<T: Value> Field for T {
    fn put_field(&self, key: u64, to: &mut Fields) {
        to.put(key, self);
    }

    fn take_field(from: &RawFields<'_>, key: u64, what: &'static str) -> Result<Self, CborError> {
        let mut reader = Reader::new(from.find(key).ok_or(CborError::Missing { what })?);
        let value = T::take(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }
}

impl<T: Value> Field for Option<T> {
    fn put_field(&self, key: u64, to: &mut Fields) {
        if let Some(value) = self {
            to.put(key, value);
        }
    }

    fn take_field(from: &RawFields<'_>, key: u64, what: &'static str) -> Result<Self, CborError> {
        from.find(key)
            .map(|_| T::take_field(from, key, what))
            .transpose()
    }
}

impl<T: Item> Value for Vec<T> {
    fn put(&self, to: &mut Writer) {
        to.array(self.len());
        self.iter().for_each(|item| item.put(to));
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        let items = from.array(T::WHAT, T::MIN, T::MAX)?;
        (0..items).map(|_| T::take(from)).collect()
    }
}

macro_rules! unsigned {
    ($($type:ty),*) => {$(
        impl Value for $type {
            fn put(&self, to: &mut Writer) {
                to.uint(u64::from(*self));
            }

            fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
                let got = from.uint()?;
                let max = i128::from(<$type>::MAX);
                <$type>::try_from(got)
                    .map_err(|_| CborError::Range { what: "number", got: i128::from(got), min: 0, max })
            }
        }
    )*};
}

unsigned!(u8, u16, u32, u64);

macro_rules! wrapped {
    ($($type:ident($inner:ty)),*) => {$(
        impl Value for $type {
            fn put(&self, to: &mut Writer) {
                self.0.put(to);
            }

            fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
                <$inner>::take(from).map($type)
            }
        }
    )*};
}

wrapped!(
    UnitId(u32),
    ClassId(u16),
    FeatureId(u16),
    ConditionId(u16),
    StatementId([u8; 32]),
    OfficeId([u8; 32]),
    PublicKey([u8; 32]),
    Digest([u8; 32])
);

impl<const N: usize> Value for [u8; N] {
    fn put(&self, to: &mut Writer) {
        to.bytes(self);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.fixed("length of a byte string")
    }
}

impl Value for bool {
    fn put(&self, to: &mut Writer) {
        to.bool(*self);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.bool()
    }
}

impl Value for CivilMinute {
    fn put(&self, to: &mut Writer) {
        to.int(i64::from(self.get()));
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        Self::new(from.int()?).map_err(|error| CborError::Range {
            what: "minute",
            got: i128::from(error.minute),
            min: i128::from(Self::MIN.get()),
            max: i128::from(Self::MAX.get()),
        })
    }
}

impl Value for OfficeDay {
    fn put(&self, to: &mut Writer) {
        to.int(i64::from(self.get()));
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        let got = from.int()?;
        Self::new(got).ok_or(CborError::Range {
            what: "day",
            got: i128::from(got),
            min: i128::from(Self::MIN.get()),
            max: i128::from(Self::MAX.get()),
        })
    }
}

/// Declares a kind of statement: its number, and its fields with their keys in ascending order.
macro_rules! kind {
    (
        $(#[$doc:meta])*
        $name:ident { $( $(#[$field_doc:meta])* $key:literal $field:ident: $type:ty ),* $(,)? }
        $(check $check:expr;)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name { $( $(#[$field_doc])* pub $field: $type ),* }

        impl $name {
            pub(crate) fn put(&self, to: &mut $crate::statement::field::Fields) {
                $( $crate::statement::field::Field::put_field(&self.$field, $key, to); )*
            }

            pub(crate) fn read(
                from: &$crate::statement::field::RawFields<'_>,
            ) -> Result<Self, $crate::cbor::CborError> {
                let taken = Self {
                    $( $field: $crate::statement::field::Field::take_field(
                        from, $key, concat!(stringify!($name), " ", stringify!($field)),
                    )?, )*
                };
                $( let check: fn(&$name) -> Result<(), $crate::cbor::CborError> = $check; check(&taken)?; )?
                Ok(taken)
            }
        }
    };
}

pub(crate) use kind;
