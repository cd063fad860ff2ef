//! `object!`: serde for a struct that is a JSON object.

/// Implements `Serialize` and `Deserialize` for a struct that is a JSON object.
///
/// One line for each field, its word saying when it is present:
///
/// - `optional`, an `Option<T>`: absent and null read as `None`, `None` is not written;
/// - `required`, any `T`: a missing key is an error, unless `T` is an `Option`; always written;
/// - `nullable`, an `Option<Option<T>>`: absent reads as `None` and null as `Some(None)`, and
///   they are written so.
///
/// A struct may have one type parameter: `Delivery<T>;`. `..name;` at the end names a map, [`serde_json::Map`](crate::Map) or `BTreeMap<String, T>`,
/// that keeps the keys no field has; without it they are skipped. Of a duplicate key the last
/// value counts. An error says where it is: `company.address.lat: invalid type: ..`.
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Company {
///     pub id: i64,
///     pub name: Option<String>,
///     pub closed_at: Option<Option<String>>,
///     pub rest: rt::Map<String, rt::Value>,
/// }
/// rt::object! {
///     Company;
///     required id = "id";
///     optional name = "name";
///     nullable closed_at = "closedAt";
///     ..rest;
/// }
///
/// let json = r#"{"id":7,"closedAt":null,"staff":3}"#;
/// let company: Company = serde_json::from_str(json)?;
/// assert_eq!(company.closed_at, Some(None));
/// assert_eq!(serde_json::to_string(&company)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! object {
    ($type:ident $(<$parameter:ident>)?; $($kind:ident $field:ident = $key:literal;)* $(..$rest:ident;)?) => {
        #[automatically_derived]
        impl$(<$parameter: $crate::serde::Serialize>)? $crate::serde::Serialize
            for $type$(<$parameter>)?
        {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut)]
                let mut object = $crate::model::ser::Object::new(serializer);
                $(object.$kind($key, &self.$field);)*
                $(object.rest(&self.$rest);)?
                object.end()
            }
        }
        #[automatically_derived]
        impl<'de $(, $parameter: $crate::serde::de::DeserializeOwned)?> $crate::serde::Deserialize<'de>
            for $type$(<$parameter>)?
        {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::model::de::object(deserializer)
            }
        }
        #[automatically_derived]
        impl$(<$parameter: $crate::serde::de::DeserializeOwned>)? $crate::model::de::Object
            for $type$(<$parameter>)?
        {
            // A field may be called `foo`.
            #[allow(clippy::disallowed_names)]
            fn read<'de, A: $crate::serde::de::MapAccess<'de>>(
                fields: &mut $crate::model::de::Fields<'de, A>,
            ) -> ::core::result::Result<Self, A::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $rest = ::core::default::Default::default();)?
                while fields.more() {
                    $(fields.$kind($key, &mut $field);)*
                    $(fields.rest(&mut $rest);)?
                }
                fields.end()?;
                ::core::result::Result::Ok(Self {
                    $($field: $crate::__take!($kind $field $key),)*
                    $($rest,)?
                })
            }
        }
    };
}

/// The value of a field once all keys are read.
#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    (required $field:ident $key:literal) => {
        $crate::model::de::take($field, $key)?
    };
    ($kind:ident $field:ident $key:literal) => {
        $field
    };
}
