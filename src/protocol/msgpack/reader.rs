//! A cursor over bytes: markers, lengths and scalars.

use rmp::Marker;

use super::{
    super::{DecodeErrorKind, Number, Type, value::normalized},
    MAX_REFINEMENT, REFINED_UNKNOWN,
};

/// What is left to read.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

type Read<T> = Result<T, DecodeErrorKind>;

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Nothing may be left.
    pub(super) fn finish(self) -> Read<()> {
        match self.rest.len() {
            0 => Ok(()),
            length => Err(DecodeErrorKind::TrailingBytes(length)),
        }
    }

    /// The type in front of a dynamic value.
    pub(super) fn dynamic_type(&mut self, marker: Marker) -> Read<Type> {
        let length = self.array_length(marker)?;
        if length != 2 {
            return Err(DecodeErrorKind::WrongLength {
                expected: 2,
                got: length,
            });
        }
        let marker = self.marker()?;
        Ok(Type::from_json(self.bytes(marker)?)?)
    }

    pub(super) fn key(&mut self) -> Read<String> {
        let marker = self.marker()?;
        Ok(normalized(self.string(marker)?.to_owned()))
    }

    pub(super) fn string(&mut self, marker: Marker) -> Read<&'a str> {
        std::str::from_utf8(self.bytes(marker)?).map_err(|_| DecodeErrorKind::NotUtf8)
    }

    /// The bytes of a string or a binary: go-cty takes either for both.
    pub(super) fn bytes(&mut self, marker: Marker) -> Read<&'a [u8]> {
        let length = match marker {
            Marker::FixStr(length) => usize::from(length),
            Marker::Str8 | Marker::Bin8 => self.length::<1>()?,
            Marker::Str16 | Marker::Bin16 => self.length::<2>()?,
            Marker::Str32 | Marker::Bin32 => self.length::<4>()?,
            other => return Err(wrong_type("a string", other)),
        };
        self.take(length)
    }

    pub(super) fn number(&mut self, marker: Marker) -> Read<Number> {
        Ok(match marker {
            Marker::FixPos(integer) => Number::from(u64::from(integer)),
            Marker::FixNeg(integer) => Number::from(i64::from(integer)),
            Marker::U8 => Number::from(u64::from(u8::from_be_bytes(self.array()?))),
            Marker::U16 => Number::from(u64::from(u16::from_be_bytes(self.array()?))),
            Marker::U32 => Number::from(u64::from(u32::from_be_bytes(self.array()?))),
            Marker::U64 => Number::from(u64::from_be_bytes(self.array()?)),
            Marker::I8 => Number::from(i64::from(i8::from_be_bytes(self.array()?))),
            Marker::I16 => Number::from(i64::from(i16::from_be_bytes(self.array()?))),
            Marker::I32 => Number::from(i64::from(i32::from_be_bytes(self.array()?))),
            Marker::I64 => Number::from(i64::from_be_bytes(self.array()?)),
            Marker::F32 => float(f64::from(f32::from_be_bytes(self.array()?)))?,
            Marker::F64 => float(f64::from_be_bytes(self.array()?))?,
            other => {
                let text = self
                    .string(other)
                    .map_err(|_| wrong_type("a number", other))?;
                text.parse().map_err(|_| DecodeErrorKind::NotANumber)?
            }
        })
    }

    /// The length of an extension, whose code comes next; `None` where the marker is no extension.
    pub(super) fn extension(&mut self, marker: Marker) -> Read<Option<u32>> {
        Ok(Some(match marker {
            Marker::FixExt1 => 1,
            Marker::FixExt2 => 2,
            Marker::FixExt4 => 4,
            Marker::FixExt8 => 8,
            Marker::FixExt16 => 16,
            Marker::Ext8 => u32::from(u8::from_be_bytes(self.array()?)),
            Marker::Ext16 => u32::from(u16::from_be_bytes(self.array()?)),
            Marker::Ext32 => u32::from_be_bytes(self.array()?),
            _ => return Ok(None),
        }))
    }

    /// Any extension of at most one byte is a plain unknown value; a longer one refines it.
    /// Refinements may be ignored, but not their form.
    pub(super) fn unknown(&mut self, length: u32) -> Read<()> {
        let code = i8::from_be_bytes(self.array()?);
        if length > 1 && (code != REFINED_UNKNOWN || length > MAX_REFINEMENT) {
            return Err(DecodeErrorKind::BadRefinement);
        }
        let refinements = self.take(usize::try_from(length).unwrap_or(usize::MAX))?;
        let is_map = matches!(
            refinements.first().map(|byte| Marker::from_u8(*byte)),
            Some(Marker::FixMap(_) | Marker::Map16 | Marker::Map32)
        );
        if length > 1 && !is_map {
            return Err(DecodeErrorKind::BadRefinement);
        }
        Ok(())
    }

    pub(super) fn array_length(&mut self, marker: Marker) -> Read<usize> {
        let length = match marker {
            Marker::FixArray(length) => usize::from(length),
            Marker::Array16 => self.length::<2>()?,
            Marker::Array32 => self.length::<4>()?,
            other => return Err(wrong_type("a list", other)),
        };
        self.plausible(length)
    }

    pub(super) fn map_length(&mut self, marker: Marker) -> Read<usize> {
        let length = match marker {
            Marker::FixMap(length) => usize::from(length),
            Marker::Map16 => self.length::<2>()?,
            Marker::Map32 => self.length::<4>()?,
            other => return Err(wrong_type("an object or a map", other)),
        };
        self.plausible(length)
    }

    /// Each element takes at least a byte, so that a length can be refused before memory is spent on it.
    fn plausible(&self, length: usize) -> Read<usize> {
        if length > self.rest.len() {
            return Err(DecodeErrorKind::CutOff);
        }
        Ok(length)
    }

    pub(super) fn marker(&mut self) -> Read<Marker> {
        let [byte] = self.array()?;
        Ok(Marker::from_u8(byte))
    }

    fn length<const N: usize>(&mut self) -> Read<usize> {
        let bytes: [u8; N] = self.array()?;
        Ok(bytes
            .iter()
            .fold(0, |length, byte| (length << 8) | usize::from(*byte)))
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        let (array, rest) = self
            .rest
            .split_first_chunk()
            .ok_or(DecodeErrorKind::CutOff)?;
        self.rest = rest;
        Ok(*array)
    }

    fn take(&mut self, length: usize) -> Read<&'a [u8]> {
        let (bytes, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(DecodeErrorKind::CutOff)?;
        self.rest = rest;
        Ok(bytes)
    }
}

fn float(float: f64) -> Read<Number> {
    Number::from_f64(float).ok_or(DecodeErrorKind::NotANumber)
}

pub(super) fn wrong_type(expected: &'static str, got: Marker) -> DecodeErrorKind {
    let got = match got {
        Marker::True | Marker::False => "a bool",
        Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32 => "a string",
        Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => "bytes",
        Marker::FixArray(_) | Marker::Array16 | Marker::Array32 => "a list",
        Marker::FixMap(_) | Marker::Map16 | Marker::Map32 => "an object or a map",
        Marker::Reserved => "a reserved byte",
        _ => "a number",
    };
    DecodeErrorKind::WrongType {
        expected,
        got: got.to_owned(),
    }
}
