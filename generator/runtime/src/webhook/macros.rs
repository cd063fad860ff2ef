//! `events!`: an enum of all events of an API.

/// Makes an enum with a variant for each event, and `Unknown` for all others.
///
/// First the enum's name and where deliveries say which event they are: in the body behind some keys,
/// in a header, or in both: `both "X-Event"."action"` is `issues.opened` for `issues` in the header and
/// `opened` in the body. Then a line for each event: its variant, its payload, its name on the wire, its
/// documentation; `in 1` where the name stands in the second of the places.
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Delivery<T> {
///     pub record: T,
/// }
/// rt::object! { Delivery<T>; required record = "record"; }
///
/// rt::events! {
///     Event by body "event"."type", header "X-Event";
///     PetCreated(Delivery<String>) = "pet.created", "A pet was born.";
///     Ping(rt::Value) = "ping" in 1, "Sent when the webhook is made.";
/// }
///
/// let body = br#"{"event":{"type":"pet.created"},"record":"Rex"}"#;
/// let event = Event::parse_unverified(&rt::HeaderMap::new(), body)?;
/// assert!(matches!(event, Event::PetCreated(created) if created.record == "Rex"));
/// # Ok::<(), Box<rt::webhook::BodyError>>(())
/// ```
#[macro_export]
macro_rules! events {
    ($event:ident $(by $($place:ident $($step:literal).+),+)?; $($(#[$gate:meta])* $variant:ident($payload:ty) = $name:literal $(in $key:literal)?, $doc:literal;)*) => {
        /// An event, with what it tells. There may be more of them than are known here.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $event {
            $(
                $(#[$gate])*
                #[doc = $doc]
                $variant(::std::boxed::Box<$payload>),
            )*
            /// An event that the document does not name, or whose resource's feature is off.
            Unknown(::std::boxed::Box<$crate::webhook::UnknownEvent>),
        }
        impl $event {
            /// What the event is called on the wire; `None` when the delivery does not say it.
            #[must_use]
            pub fn name(&self) -> ::core::option::Option<&str> {
                match self {
                    $($(#[$gate])* Self::$variant(_) => ::core::option::Option::Some($name),)*
                    Self::Unknown(event) => event.name.as_deref(),
                }
            }

            /// Reads an event without asking who sent it: anybody can have sent it. For deliveries
            /// that were verified before, as those that come out of a queue.
            ///
            /// # Errors
            /// When the body is no JSON, or is something else than the event's that it says it is.
            pub fn parse_unverified<N, V>(
                headers: impl ::core::iter::IntoIterator<Item = (N, V)>,
                body: &[u8],
            ) -> ::core::result::Result<Self, ::std::boxed::Box<$crate::webhook::BodyError>>
            where
                N: ::core::convert::AsRef<str>,
                V: ::core::convert::AsRef<[u8]>,
            {
                $crate::webhook::parse_unverified(headers, body)
            }
        }
        #[automatically_derived]
        impl $crate::webhook::Events for $event {
            const KEYS: &'static [$crate::webhook::Key] = &[
                $($($crate::__event_key!($place $($step)+)),+)?
            ];

            const NAMESPACE: &'static str = ::core::module_path!();

            #[allow(unused_variables, reason = "no resource may be turned on")]
            fn read(
                key: usize,
                name: &str,
                body: &[u8],
            ) -> ::core::result::Result<
                ::core::option::Option<Self>,
                ::std::boxed::Box<$crate::webhook::BodyError>,
            > {
                ::core::result::Result::Ok(match name {
                    $(
                        $(#[$gate])*
                        $name if key == 0usize $(+ $key)? => ::core::option::Option::Some(Self::$variant(
                            ::std::boxed::Box::new($crate::webhook::payload(::core::option::Option::Some(name), body)?),
                        )),
                    )*
                    _ => ::core::option::Option::None,
                })
            }

            fn unknown(event: $crate::webhook::UnknownEvent) -> Self {
                Self::Unknown(::std::boxed::Box::new(event))
            }
        }
    };
}

/// A place that says which event a delivery is.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_key {
    (body $($step:literal)+) => {
        $crate::webhook::Key::Body(&[$($step),+])
    };
    (header $name:literal) => {
        $crate::webhook::Key::Header($name)
    };
    (both $name:literal $($step:literal)+) => {
        $crate::webhook::Key::HeaderAndBody($name, &[$($step),+])
    };
}
