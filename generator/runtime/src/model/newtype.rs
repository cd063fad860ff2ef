//! `newtype!`: serde for a struct that is what it holds.

/// Implements `Serialize` and `Deserialize` for a tuple struct with one field, which is written as
/// that field: a name for a type that contains itself, which a type alias cannot be.
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Tree(pub Vec<Tree>);
/// rt::newtype! { Tree; }
///
/// let tree: Tree = serde_json::from_str("[[],[[]]]")?;
/// assert_eq!(tree.0.len(), 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! newtype {
    ($type:ident;) => {
        #[automatically_derived]
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.0, serializer)
            }
        }
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}
