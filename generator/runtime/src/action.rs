//! `action!`: what the generated builders of calls have in common.

/// Lets a generated builder be awaited.
///
/// The builder is a tuple struct around a [`Call`](crate::Call). After the arrow comes
/// how a successful body is read, with the type it is read as, and then the type of error bodies:
///
/// - `page<T, M>`: one page of a list; awaiting gives a [`Page<T, M>`](crate::Page), and there
///   are `stream()` and `pages()`;
/// - `json<T>`: JSON, inside the operation's envelope; `json<T> or items<U>`: the same, and `stream()`
///   asks for items instead;
/// - `items<T>`: a stream of items; awaiting gives an [`EventStream<T>`](crate::EventStream);
/// - `empty`: nothing; `text`: a `String`; `bytes`: [`Bytes`](crate::Bytes).
///
/// Every builder gets `IntoFuture`, `with_response()`, which adds status and headers to what awaiting
/// it gives, `send_raw()`, `send_stream()`, `timeout()`, `attempt_timeout()`, `retry()`, `header()`,
/// `Debug` (which shows no values) and `Clone`. An idempotency key is set by the document's own
/// header parameter.
///
/// ```
/// use specwright_runtime as rt;
///
/// /// Finds many of them.
/// #[must_use = "nothing is sent until it is awaited"]
/// pub struct FindMany<T>(rt::Call<rt::Page<T, rt::NoMeta>, rt::NoErrorBody>);
/// impl<T> FindMany<T> {
///     /// The most items in a page.
///     pub fn limit(self, limit: i64) -> Self {
///         Self(self.0.query("limit", &limit))
///     }
/// }
/// rt::action! { FindMany<T> => page<T, rt::NoMeta>, rt::NoErrorBody }
///
/// /// Deletes one.
/// #[must_use = "nothing is sent until it is awaited"]
/// pub struct DeleteOne(rt::Call<(), rt::NoErrorBody>);
/// rt::action! { DeleteOne => empty, rt::NoErrorBody }
/// ```
#[macro_export]
macro_rules! action {
    ($name:ident $(<$of:ident>)? => page<$item:ty, $meta:ty>, $error:ty) => {
        $crate::__action! {
            $name $(<$of>)?, $crate::Page<$item, $meta>, $error, send_page
        }
        impl $(<$of: $crate::Model>)? $name $(<$of>)? {
            /// The items of this page and all after it, each page requested when it is needed.
            pub fn stream(self) -> $crate::ItemStream<$item, $error> {
                self.0.stream()
            }

            /// This page and all after it, each requested when it is asked for.
            pub fn pages(self) -> $crate::PageStream<$item, $meta, $error> {
                self.0.pages()
            }
        }
    };
    ($name:ident $(<$of:ident>)? => json<$result:ty>, $error:ty) => {
        $crate::__action! { $name $(<$of>)?, $result, $error, send_json }
    };
    ($name:ident $(<$of:ident>)? => json<$result:ty> or items<$item:ty>, $error:ty) => {
        $crate::__action! { $name $(<$of>)?, $result, $error, send_json }
        $crate::__streams! { $name $(<$of>)?, $item, $error }
    };
    ($name:ident $(<$of:ident>)? => bytes or items<$item:ty>, $error:ty) => {
        $crate::__action! { $name $(<$of>)?, $crate::Bytes, $error, send_bytes }
        $crate::__streams! { $name $(<$of>)?, $item, $error }
    };
    ($name:ident $(<$of:ident>)? => text or items<$item:ty>, $error:ty) => {
        $crate::__action! { $name $(<$of>)?, ::std::string::String, $error, send_text }
        $crate::__streams! { $name $(<$of>)?, $item, $error }
    };
    ($name:ident $(<$of:ident>)? => items<$item:ty>, $error:ty) => {
        $crate::__action! {
            $name $(<$of>)?, $crate::EventStream<$item, $error>, $error, send_items
        }
    };
    ($name:ident $(<$of:ident>)? => empty, $error:ty) => {
        $crate::__action! { $name $(<$of>)?, (), $error, send_empty }
    };
    ($name:ident $(<$of:ident>)? => text, $error:ty) => {
        $crate::__action! { $name $(<$of>)?, ::std::string::String, $error, send_text }
    };
    ($name:ident $(<$of:ident>)? => bytes, $error:ty) => {
        $crate::__action! { $name $(<$of>)?, $crate::Bytes, $error, send_bytes }
    };
}

/// The items that can be had in place of the whole.
#[doc(hidden)]
#[macro_export]
macro_rules! __streams {
    ($name:ident $(<$of:ident>)?, $item:ty, $error:ty) => {
        impl $(<$of>)? $name $(<$of>)? {
            /// Sends it and asks for the answer as a stream: its items, each as it comes. Where the
            /// API wants to be told in the request as well, as with `stream: true`, that is the
            /// caller's to set.
            pub fn stream(self) -> $crate::Sending<$crate::EventStream<$item, $error>, $error> {
                self.0.send_items_of()
            }
        }
    };
}

/// What is the same for all ways to read a body.
#[doc(hidden)]
#[macro_export]
macro_rules! __action {
    ($name:ident $(<$of:ident>)?, $result:ty, $error:ty, $send:ident) => {
        impl $(<$of>)? $name $(<$of>)? {
            /// How long this call may take, with all attempts and the waits between them, to the
            /// last byte of the response; `None`: for ever.
            pub fn timeout(
                self,
                timeout: impl Into<::core::option::Option<::core::time::Duration>>,
            ) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// How long each attempt of this call may take, to the last byte of the response, or
            /// to its headers where the body is streamed. `None`: as long as the call.
            pub fn attempt_timeout(
                self,
                timeout: impl Into<::core::option::Option<::core::time::Duration>>,
            ) -> Self {
                Self(self.0.attempt_timeout(timeout))
            }

            /// How often this call is tried, in place of the client's policy.
            pub fn retry(self, retry: $crate::RetryPolicy) -> Self {
                Self(self.0.retry(retry))
            }

            /// A header of this call, in place of the client's.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }

            /// Sends it and gives the response as it is: status, headers and bytes. A status
            /// other than 2xx is an error all the same, which has the response in it.
            pub fn send_raw(self) -> $crate::Sending<$crate::RawResponse, $error> {
                self.0.send_raw()
            }

            /// Sends it and gives the body as it comes, however large it is. A status other than
            /// 2xx is an error all the same, which has the response in it. The time for the call,
            /// though not that for an attempt, is also that for the download: give a long one a
            /// `timeout` of its own, or `None`.
            pub fn send_stream(self) -> $crate::Sending<$crate::StreamedResponse, $error> {
                self.0.send_stream()
            }
        }
        impl $(<$of: $crate::Model>)? $name $(<$of>)? {
            /// Sends it and gives the status and the headers beside what awaiting it gives.
            pub fn with_response(self) -> $crate::WithResponse<$result, $error> {
                self.0.$send().with_response()
            }
        }
        #[automatically_derived]
        impl $(<$of: $crate::Model>)? ::core::future::IntoFuture for $name $(<$of>)? {
            type Output = ::core::result::Result<$result, $crate::Error<$error>>;
            type IntoFuture = $crate::Sending<$result, $error>;

            fn into_future(self) -> Self::IntoFuture {
                self.0.$send()
            }
        }
        #[automatically_derived]
        impl $(<$of>)? ::core::clone::Clone for $name $(<$of>)? {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }
        #[automatically_derived]
        impl $(<$of>)? ::core::fmt::Debug for $name $(<$of>)? {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}
