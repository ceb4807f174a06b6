//! A cursor over bytes that reads lengths and scalars.

use std::io;

use rmp::{
    Marker,
    decode::{self, NumValueReadError},
};

use super::{
    super::{DecodeErrorKind, Number, Type, value::normalized},
    MAX_REFINEMENT, REFINED_UNKNOWN,
};

/// The bytes that remain to be read.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

type Read<T> = Result<T, DecodeErrorKind>;

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Checks that no bytes remain.
    pub(super) fn finish(self) -> Read<()> {
        match self.rest.len() {
            0 => Ok(()),
            length => Err(DecodeErrorKind::TrailingBytes(length)),
        }
    }

    /// The next marker, without reading it.
    pub(super) fn peek(&self) -> Read<Marker> {
        let byte = self.rest.first().ok_or(DecodeErrorKind::CutOff)?;
        Ok(Marker::from_u8(*byte))
    }

    pub(super) fn null(&mut self) -> Read<()> {
        decode::read_nil(&mut self.rest).map_err(|error| failed("null", error))
    }

    /// Reads an unknown value. An extension of at most one byte is a plain unknown value; a longer
    /// one adds refinements. The decoder may ignore refinements, but checks their form.
    pub(super) fn unknown(&mut self) -> Read<()> {
        let extension = decode::read_ext_meta(&mut self.rest)
            .map_err(|error| failed("an unknown value", error))?;
        let (code, length) = (extension.typeid, extension.size);
        if length > 1 && (code != REFINED_UNKNOWN || length > MAX_REFINEMENT) {
            return Err(DecodeErrorKind::BadRefinement);
        }
        let mut refinements = self.take(length)?;
        if length > 1 && decode::read_map_len(&mut refinements).is_err() {
            return Err(DecodeErrorKind::BadRefinement);
        }
        Ok(())
    }

    pub(super) fn bool(&mut self) -> Read<bool> {
        decode::read_bool(&mut self.rest).map_err(|error| failed("a bool", error))
    }

    pub(super) fn number(&mut self) -> Read<Number> {
        let float = match self.peek()? {
            Marker::F32 => decode::read_f32(&mut self.rest).map(f64::from),
            Marker::F64 => decode::read_f64(&mut self.rest),
            marker if is_text(marker) => {
                let text = self.string()?;
                return text.parse().map_err(|_| DecodeErrorKind::NotANumber);
            }
            _ => {
                let integer = decode::read_int::<i128, _>(&mut self.rest);
                return integer
                    .map_or_else(|error| Err(failed("a number", error)), |n| Ok(n.into()));
            }
        };
        let float = float.map_err(|error| failed("a number", error))?;
        Number::from_f64(float).ok_or(DecodeErrorKind::NotANumber)
    }

    pub(super) fn string(&mut self) -> Read<&'a str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| DecodeErrorKind::NotUtf8)
    }

    /// Reads a key of a map or the name of an attribute.
    pub(super) fn key(&mut self) -> Read<String> {
        Ok(normalized(self.string()?.to_owned()))
    }

    /// Reads the type in front of a dynamic value.
    pub(super) fn dynamic_type(&mut self) -> Read<Type> {
        let got = self.array_length()?;
        if got != 2 {
            return Err(DecodeErrorKind::WrongLength { expected: 2, got });
        }
        Ok(Type::from_json(self.bytes()?)?)
    }

    /// Reads the bytes of a string or a binary. go-cty accepts either one for both.
    fn bytes(&mut self) -> Read<&'a [u8]> {
        let length = match self.peek()? {
            Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => decode::read_bin_len(&mut self.rest),
            _ => decode::read_str_len(&mut self.rest),
        };
        let length = length.map_err(|error| failed("a string", error))?;
        self.take(length)
    }

    pub(super) fn array_length(&mut self) -> Read<usize> {
        let length = decode::read_array_len(&mut self.rest);
        self.plausible(length.map_err(|error| failed("a list", error))?)
    }

    pub(super) fn map_length(&mut self) -> Read<usize> {
        let length = decode::read_map_len(&mut self.rest);
        self.plausible(length.map_err(|error| failed("an object or a map", error))?)
    }

    /// Checks a length before memory is spent on it: each element takes at least one byte.
    fn plausible(&self, length: u32) -> Read<usize> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > self.rest.len() {
            return Err(DecodeErrorKind::CutOff);
        }
        Ok(length)
    }

    fn take(&mut self, length: u32) -> Read<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at(self.plausible(length)?);
        self.rest = rest;
        Ok(bytes)
    }
}

/// Whether a marker begins an unknown value.
pub(super) fn is_extension(marker: Marker) -> bool {
    use Marker::{Ext8, Ext16, Ext32, FixExt1, FixExt2, FixExt4, FixExt8, FixExt16};
    matches!(
        marker,
        FixExt1 | FixExt2 | FixExt4 | FixExt8 | FixExt16 | Ext8 | Ext16 | Ext32
    )
}

fn is_text(marker: Marker) -> bool {
    use Marker::{Bin8, Bin16, Bin32, FixStr, Str8, Str16, Str32};
    matches!(
        marker,
        FixStr(_) | Str8 | Str16 | Str32 | Bin8 | Bin16 | Bin32
    )
}

/// Converts the library's error about an unexpected type.
fn failed(
    expected: &'static str,
    error: impl Into<NumValueReadError<io::Error>>,
) -> DecodeErrorKind {
    let got = match error.into() {
        NumValueReadError::TypeMismatch(got) => got,
        NumValueReadError::OutOfRange => return DecodeErrorKind::NotANumber,
        NumValueReadError::InvalidMarkerRead(_) | NumValueReadError::InvalidDataRead(_) => {
            return DecodeErrorKind::CutOff;
        }
    };
    let got = match got {
        Marker::True | Marker::False => "a bool",
        Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => "bytes",
        text if is_text(text) => "a string",
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
