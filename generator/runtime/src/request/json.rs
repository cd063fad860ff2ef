//! JSON as it is sent.

use std::io::{self, Write};

use serde::{Serialize, ser::Error as _};
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// The whole numbers below it are those that an `f64` tells apart: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Compact JSON in which a whole number has no fraction: `2` and not `2.0`. JSON leaves that
/// open, but a server that wants an integer under `type: number` may not.
pub(crate) fn to_vec<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut written = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut written, Whole))?;
    Ok(written)
}

/// The same as text.
pub(crate) fn to_string<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let written = to_vec(value)?;
    String::from_utf8(written).map_err(serde_json::Error::custom)
}

struct Whole;

impl Formatter for Whole {
    fn write_f32<W: Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        if value.fract() == 0.0 && f64::from(value.abs()) < EXACT {
            return write!(writer, "{}", value as i64);
        }
        CompactFormatter.write_f32(writer, value)
    }

    fn write_f64<W: Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        if value.fract() == 0.0 && value.abs() < EXACT {
            return write!(writer, "{}", value as i64);
        }
        CompactFormatter.write_f64(writer, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction_and_others_are_as_they_were() {
        let numbers = [2.0, -1.0, -0.0, 0.25, 1e-7, 9_007_199_254_740_991.0, 1e300];
        assert_eq!(
            to_string(&numbers).unwrap(),
            "[2,-1,0,0.25,1e-7,9007199254740991,1e+300]"
        );
        assert_eq!(to_string(&[3.0_f32, 0.5]).unwrap(), "[3,0.5]");
        let value = serde_json::json!({ "a": "2.0", "b": [2.0, 1] });
        assert_eq!(to_string(&value).unwrap(), r#"{"a":"2.0","b":[2,1]}"#);
    }
}
