//! Terraform numbers: exact decimals of any size, and two infinities.

use std::{fmt, str::FromStr};

use bigdecimal::{BigDecimal, ToPrimitive as _, Zero as _};
use thiserror::Error;

/// The maximum number of digits that a number may have when written without an exponent. Terraform
/// computes with 512 bits, about 154 digits. A number near this limit is a mistake or an attack.
const LIMIT: usize = 10_000;

/// The longest text of a number within the limit: its digits, a sign, a zero and a decimal point.
const LONGEST: usize = LIMIT + "-0.".len();

/// A Terraform number. `0.1` is exactly one tenth, not the nearest float.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// Minus infinity. Only a function can return it.
    NegativeInfinity,
    /// Any decimal number.
    Finite(BigDecimal),
    /// Plus infinity.
    Infinity,
}

/// The error for a text that is not a number, or that is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a number, or one with more than {LIMIT} digits")]
pub struct ParseNumberError;

impl Number {
    /// Whether the number has no fraction.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Finite(decimal) if decimal.is_integer())
    }

    /// The number as an integer, if it is one and fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Self::Finite(decimal) if self.is_whole() => decimal.to_i64(),
            _ => None,
        }
    }

    /// The number as a float, if the conversion loses nothing.
    #[must_use]
    pub fn to_f64_exact(&self) -> Option<f64> {
        match self {
            Self::NegativeInfinity => Some(f64::NEG_INFINITY),
            Self::Infinity => Some(f64::INFINITY),
            Self::Finite(decimal) => {
                let float: f64 = decimal.to_string().parse().ok()?;
                (BigDecimal::try_from(float).ok()? == *decimal).then_some(float)
            }
        }
    }

    /// Converts a float without loss. Returns `None` for NaN, which Terraform does not have.
    #[must_use]
    pub fn from_f64(float: f64) -> Option<Self> {
        if float.is_infinite() {
            return Some(if float > 0.0 {
                Self::Infinity
            } else {
                Self::NegativeInfinity
            });
        }
        BigDecimal::try_from(float)
            .ok()
            .map(|decimal| Self::finite(&decimal))
    }

    fn finite(decimal: &BigDecimal) -> Self {
        // Equal numbers get one form, so that they also print and hash alike.
        if decimal.is_zero() {
            Self::Finite(BigDecimal::zero())
        } else {
            Self::Finite(decimal.normalized())
        }
    }
}

impl From<i64> for Number {
    fn from(integer: i64) -> Self {
        Self::finite(&BigDecimal::from(integer))
    }
}

impl From<i128> for Number {
    fn from(integer: i128) -> Self {
        Self::finite(&BigDecimal::from(integer))
    }
}

impl FromStr for Number {
    type Err = ParseNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "Inf" | "+Inf" => return Ok(Self::Infinity),
            "-Inf" => return Ok(Self::NegativeInfinity),
            _ => {}
        }
        // The library also accepts `_` between digits. Neither Terraform nor JSON writes it.
        if text.len() > LONGEST || text.contains('_') {
            return Err(ParseNumberError);
        }
        let decimal: BigDecimal = text.parse().map_err(|_| ParseNumberError)?;
        let decimal = decimal.normalized();
        // A number that is read is also written later. The written form turns the exponent into
        // zeros.
        let zeros = decimal.fractional_digit_count().unsigned_abs();
        if decimal.digits().saturating_add(zeros) > LIMIT as u64 {
            return Err(ParseNumberError);
        }
        Ok(Self::finite(&decimal))
    }
}

/// Prints plain decimal text without an exponent, as Terraform does. `{:.40}` limits it to 40
/// characters.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NegativeInfinity => f.pad("-Inf"),
            Self::Infinity => f.pad("+Inf"),
            Self::Finite(decimal) => f.pad(&decimal.to_plain_string()),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_is_not_the_nearest_float() {
        let tenth: Number = "0.1".parse().unwrap();
        assert_eq!(tenth.to_f64_exact(), None);
        assert_eq!(tenth.to_string(), "0.1");
        assert_ne!(Number::from_f64(0.1).unwrap(), tenth);
    }

    #[test]
    fn equal_numbers_in_different_notations_are_equal() {
        for (one, other) in [("1", "1.0"), ("1e3", "1000"), ("-0", "0"), ("0.50", "5e-1")] {
            let (one, other): (Number, Number) = (one.parse().unwrap(), other.parse().unwrap());
            assert_eq!(one, other);
            assert_eq!(one.to_string(), other.to_string());
        }
    }

    #[test]
    fn a_number_becomes_an_integer_only_if_nothing_is_lost() {
        assert_eq!("443.0".parse::<Number>().unwrap().to_i64(), Some(443));
        assert_eq!("443.5".parse::<Number>().unwrap().to_i64(), None);
        assert_eq!("1e30".parse::<Number>().unwrap().to_i64(), None);
    }

    #[test]
    fn a_huge_exponent_is_an_error_and_costs_nothing() {
        for text in ["1e1000000000", "1e-1000000000", "", "x", "1_0", "NaN"] {
            assert_eq!(text.parse::<Number>(), Err(ParseNumberError), "{text}");
        }
    }

    /// Regression: `1e10000` was accepted, but its written form had one digit too many to be read
    /// again.
    #[test]
    fn every_number_can_be_read_back_after_writing() {
        for text in [
            "1e9999",
            "-12e9998",
            "1e-9999",
            "-12.5e-9996",
            &"9".repeat(LIMIT),
        ] {
            let number: Number = text.parse().unwrap();
            assert_eq!(number.to_string().parse(), Ok(number), "{text}");
        }
        for text in ["1e10000", "12e9999", "1e-10000", &"9".repeat(LIMIT + 1)] {
            assert_eq!(text.parse::<Number>(), Err(ParseNumberError), "{text}");
        }
        let padded = format!("1.{}", "0".repeat(LIMIT));
        assert_eq!(padded.parse(), Ok(Number::from(1_i64)));
    }
}
