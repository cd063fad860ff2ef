//! Names that generated code needs for itself.

/// Names of types: Rust's prelude, what the runtime gives to generated code, and its client's own.
/// Compared without regard to case.
pub(super) const TYPES: &[&str] = &[
    // The prelude and the primitive types' companions.
    "AsMut",
    "AsRef",
    "AsyncFn",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    // Of the standard library, where generated code imports it.
    "Arc",
    "BTreeMap",
    "Cow",
    "Display",
    "Duration",
    "Formatter",
    "HashMap",
    "Ordering",
    "Path",
    "Pin",
    "Stream",
    // Of serde.
    "Deserialize",
    "Deserializer",
    "Serialize",
    "Serializer",
    // Of the runtime, and of what every generated API has beside its types.
    "ApiError",
    "Auth",
    "Base64",
    "Body",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "Credentials",
    "Date",
    "Decimal",
    "Error",
    "ErrorBody",
    "Event",
    "Field",
    "HeaderMap",
    "Json",
    "Map",
    "Method",
    "Nullable",
    "Page",
    "Pages",
    "Part",
    "Patch",
    "Raw",
    "RawResponse",
    "Request",
    "Response",
    "Retry",
    "Secret",
    "Server",
    "StatusCode",
    "Time",
    "Timestamp",
    "Uri",
    "Url",
    "Uuid",
    "Value",
    "Verifier",
];

/// Names of modules: what cannot be a file of its own, and what the manifest has as features beside
/// those of the resources.
pub(super) const MODULES: &[&str] = &["all_resources", "client", "default", "dynamic", "mod"];

/// Methods that every client has.
pub(super) const CLIENT_METHODS: &[&str] = &[
    "base_url",
    "borrow",
    "borrow_mut",
    "builder",
    "call",
    "call_all",
    "clone",
    "clone_from",
    "clone_into",
    "default",
    "drop",
    "eq",
    "fmt",
    "from",
    "into",
    "new",
    "request",
    "send",
    "send_raw",
    "server",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "with",
];

/// Methods that every handle has.
pub(super) const HANDLE_METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "client",
    "clone",
    "clone_from",
    "clone_into",
    "drop",
    "eq",
    "fmt",
    "from",
    "into",
    "new",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

/// Methods and arguments that every action's builder has.
pub(super) const BUILDER_METHODS: &[&str] = &[
    "all",
    "attempt_timeout",
    "auth",
    "body",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "drop",
    "fmt",
    "form",
    "from",
    "header",
    "headers",
    "into",
    "into_future",
    "items",
    "json",
    "media_type",
    "multipart",
    "new",
    "next",
    "pages",
    "raw",
    "retries",
    "retry",
    "send",
    "send_raw",
    "send_stream",
    "server",
    "stream",
    "timeout",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "url",
    "with_response",
];

/// Methods that every builder of a client has, those for credentials included.
pub(super) const CLIENT_BUILDER_METHODS: &[&str] = &[
    "access_token",
    "api_key",
    "attempt_timeout",
    "authorization",
    "base_url",
    "basic_auth",
    "bearer_token",
    "borrow",
    "borrow_mut",
    "build",
    "clock",
    "clone",
    "clone_from",
    "clone_into",
    "connect_timeout",
    "credential",
    "default",
    "drop",
    "fmt",
    "from",
    "header",
    "into",
    "max_response_size",
    "middleware",
    "random",
    "read_timeout",
    "retry",
    "secret_header",
    "timeout",
    "to_owned",
    "transport",
    "try_from",
    "try_into",
    "type_id",
    "user_agent",
];

/// Variants that every open enum and union has.
pub(super) const VARIANTS: &[&str] = &["Self", "Unknown"];

#[cfg(test)]
mod tests {
    use super::{BUILDER_METHODS, CLIENT_BUILDER_METHODS};

    /// A parameter of the same name would be a second method of that name.
    #[test]
    fn no_parameter_takes_the_name_of_what_the_runtime_gives_every_builder() {
        let actions = include_str!("../../../runtime/src/action.rs");
        let (_, action) = actions.split_once("macro_rules! action").unwrap();
        let clients = include_str!("../../../runtime/src/client/macros.rs");
        let (_, client) = clients.split_once("impl $builder").unwrap();
        for (macros, reserved) in [(action, BUILDER_METHODS), (client, CLIENT_BUILDER_METHODS)] {
            let methods: Vec<&str> = macros
                .split(" fn ")
                .skip(1)
                .filter_map(|rest| rest.split_once('(').map(|(name, _)| name))
                .collect();
            assert!(methods.contains(&"timeout"), "{methods:?}");
            for method in methods {
                assert!(reserved.contains(&method), "{method}");
            }
        }
    }
}
