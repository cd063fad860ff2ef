//! Opening an envelope such as `{"data": {"person": ..}}` while it is read, so that the data is
//! decoded once and straight into its type.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use crate::model::de::{Key, located};

/// Reads what is at the keys of an envelope.
///
/// # Errors
/// When the body is no JSON, a key is missing, or the data does not fit its type.
pub(crate) fn open<T: DeserializeOwned>(
    body: &[u8],
    keys: &[&str],
) -> Result<T, serde_json::Error> {
    read(
        body,
        Layer {
            keys,
            beside: None,
            data: PhantomData,
        },
    )
}

/// Reads the items at the keys of an envelope, and what stands beside them, each thing at its own
/// place.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_page<T: DeserializeOwned>(
    body: &[u8],
    keys: &[&str],
) -> Result<(Vec<T>, Value), serde_json::Error> {
    let mut beside = Map::new();
    let items = read(
        body,
        Layer {
            keys,
            beside: Some(&mut beside),
            data: PhantomData,
        },
    )?;
    Ok((items, Value::Object(beside)))
}

/// The first and the last of the items at the keys of an envelope.
///
/// # Errors
/// As [`open`].
pub(crate) fn edges(
    body: &[u8],
    keys: &[&str],
) -> Result<(Option<Value>, Option<Value>), serde_json::Error> {
    open::<Edges>(body, keys).map(|edges| (edges.first, edges.last))
}

/// A list of which only the ends are kept; a single item is both.
#[derive(Default)]
struct Edges {
    first: Option<Value>,
    last: Option<Value>,
}

impl<'de> Deserialize<'de> for Edges {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ends;
        impl<'de> Visitor<'de> for Ends {
            type Value = Edges;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Edges, A::Error> {
                let mut edges = Edges::default();
                while let Some(item) = items.next_element::<Value>()? {
                    if edges.first.is_none() {
                        edges.first = Some(item.clone());
                    }
                    edges.last = Some(item);
                }
                Ok(edges)
            }
        }
        deserializer.deserialize_seq(Ends)
    }
}

fn read<T: DeserializeOwned>(body: &[u8], layer: Layer<'_, T>) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let data = layer.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(data)
}

/// What is left of the way to the data.
struct Layer<'a, T> {
    keys: &'a [&'a str],
    /// Where to put what stands beside the way; `None`: it is skipped.
    beside: Option<&'a mut Map<String, Value>>,
    data: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Layer<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        if self.keys.is_empty() {
            T::deserialize(deserializer)
        } else {
            deserializer.deserialize_map(self)
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Layer<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "an object with the key `{}`",
            self.keys.first().unwrap_or(&"")
        )
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<T, A::Error> {
        let Some((wanted, keys)) = self.keys.split_first() else {
            return Err(A::Error::custom("an envelope without a key"));
        };
        let mut found = None;
        while let Some(Key(key)) = map.next_key()? {
            if key == *wanted {
                let mut inner = Map::new();
                let beside = self.beside.is_some().then_some(&mut inner);
                let data = map
                    .next_value_seed(Layer {
                        keys,
                        beside,
                        data: PhantomData,
                    })
                    .map_err(|error| located(wanted, &error))?;
                found = Some(data);
                if let (Some(beside), false) = (&mut self.beside, inner.is_empty()) {
                    beside.insert((*wanted).to_owned(), Value::Object(inner));
                }
            } else if let Some(beside) = &mut self.beside {
                beside.insert(key.into_owned(), map.next_value()?);
            } else {
                map.next_value::<serde::de::IgnoredAny>()?;
            }
        }
        found.ok_or_else(|| A::Error::custom(format_args!("{wanted}: missing")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(body: &str, keys: &[&str]) -> String {
        open::<i64>(body.as_bytes(), keys).unwrap_err().to_string()
    }

    #[test]
    fn the_data_is_found_among_other_keys() {
        let body = br#"{"a":[1],"data":{"x":{"n":2},"n":7},"z":null}"#;
        assert_eq!(open::<i64>(body, &["data", "n"]).unwrap(), 7);
        assert_eq!(open::<i64>(b"7", &[]).unwrap(), 7);
        assert_eq!(open::<i64>(br#"{"\u0064ata":7}"#, &["data"]).unwrap(), 7);
    }

    #[test]
    fn what_is_missing_is_named_with_its_path() {
        assert!(error(r#"{"data":{}}"#, &["data", "n"]).starts_with("data.n: missing"));
        assert!(error("{}", &["data", "n"]).starts_with("data: missing"));
        let null = error(r#"{"data":null}"#, &["data", "n"]);
        assert!(
            null.starts_with("data: invalid type: null, expected an object with"),
            "{null}"
        );
        assert!(error("[]", &["data"]).starts_with("invalid type: sequence"));
        let wrong = error(r#"{"data":{"n":"x"}}"#, &["data", "n"]);
        assert!(wrong.starts_with("data.n: invalid type: string"), "{wrong}");
        assert!(wrong.contains("line 1"), "{wrong}");
    }

    #[test]
    fn null_is_a_value_where_the_type_has_one() {
        assert_eq!(
            open::<Option<i64>>(br#"{"data":null}"#, &["data"]).unwrap(),
            None
        );
    }

    #[test]
    fn what_stands_beside_the_items_keeps_its_place() {
        let body = br#"{"data":{"people":[1,2],"took":3},"pageInfo":{"endCursor":"c"},"n":9}"#;
        let (items, beside) = open_page::<i64>(body, &["data", "people"]).unwrap();
        assert_eq!(items, [1, 2]);
        assert_eq!(
            beside,
            json!({"data": {"took": 3}, "pageInfo": {"endCursor": "c"}, "n": 9})
        );
        let (items, beside) = open_page::<i64>(b"[1]", &[]).unwrap();
        assert_eq!((items, beside), (vec![1], json!({})));
    }

    #[test]
    fn the_ends_of_a_list_are_found() {
        let body = br#"{"data":[{"id":1},{"id":2},{"id":3}],"n":9}"#;
        let ends = (Some(json!({"id": 1})), Some(json!({"id": 3})));
        assert_eq!(edges(body, &["data"]).unwrap(), ends);
        assert_eq!(
            edges(b"[7]", &[]).unwrap(),
            (Some(json!(7)), Some(json!(7)))
        );
        assert_eq!(edges(b"[]", &[]).unwrap(), (None, None));
        assert!(edges(b"{}", &["data"]).is_err());
    }

    #[test]
    fn text_after_the_body_is_an_error() {
        assert!(error(r#"{"data":1} x"#, &["data"]).contains("trailing"));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = format!(r#"{{"data":[1],"x":{}"#, "[".repeat(100_000));
        assert!(open::<Vec<i64>>(deep.as_bytes(), &["data"]).is_err());
        let kept = open_page::<i64>(deep.as_bytes(), &["data"])
            .unwrap_err()
            .to_string();
        assert!(kept.contains("recursion"), "{kept}");
    }
}
