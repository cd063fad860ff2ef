//! `operations!`: a resource's operations, for calls by name.

/// The operations of a resource, as a constant.
///
/// An entry has the `operationId`, the route, and the typed call: its arguments, after each `+` a setter,
/// after `&` the setter of a body that may be left out, and after the arrow the form of the answer. Before
/// each name is how it is read: see the functions of [`dynamic`](crate::dynamic). The form of a list is
/// `page`, that of a stream `items`.
/// Behind each `|` is another media type that the caller may ask for, with the method that asks for it and
/// the form of its answer.
///
/// ```text
/// rt::operations! {
///     PEOPLE: people, Client, ErrorBody;
///     "findManyPeople" "GET /people" = find_many() + limit(value "limit") -> page;
///     "updateOnePerson" "PATCH /people/{id}" = update_one(text "id", value "body") -> same;
/// }
/// ```
#[macro_export]
macro_rules! operations {
    ($name:ident: $accessor:ident, $client:ty, $error:ty; $($id:literal $route:literal =
        $method:ident($($read:ident $key:literal),*) $(+ $setter:ident($reads:ident $set:literal))*
        $(& $body:ident($reads_body:ident))? -> $form:ident
        $(| $media:literal $finish:ident($as:ident))*;)*) => {
        #[allow(deprecated, reason = "what is deprecated can be called")]
        const $name: &[$crate::dynamic::Operation<$client, $error>] = &[
            $($crate::dynamic::Operation::new($id, $route, |client, given| {
                let mut given = given;
                let call = client
                    .$accessor()
                    .$method($(given.take($key, $crate::dynamic::$read)?),*);
                $(let call = given.set($set, $crate::dynamic::$reads, call, |call, it| {
                    call.$setter(it)
                })?;)*
                $(let call = given.set_body($crate::dynamic::$reads_body, call, |call, it| {
                    call.$body(it)
                })?;)?
                let call = given.headers(call, |call, name, value| call.header(name, value))?;
                $(if given.asks_for($media) {
                    let call = call.$finish();
                    return $crate::__answer!(given, call, $as);
                })*
                $crate::__answer!(given, call, $form)
            })),*
        ];
    };
}

/// How an operation's answer is got.
#[doc(hidden)]
#[macro_export]
macro_rules! __answer {
    ($given:ident, $call:ident, page) => {
        $given.send_page($call, |call| call.pages())
    };
    ($given:ident, $call:ident, items) => {
        $given.send_items($call)
    };
    ($given:ident, $call:ident, $form:ident) => {
        $given.send($call, $crate::dynamic::$form)
    };
}
