//! The test that calls every action: what APIs share.
//!
//! The driver is ordinary hand-written Rust in `generator/every_action`, copied as it is.

use super::format::SourceFile;
use super::ident;
use super::package::{RustError, add};
use crate::plan::{PlanError, WritePlan};
use quote::quote;

/// Its files, below `tests/every_action/test_driver`.
const DRIVER: [(&str, &str); 7] = [
    ("by_name", include_str!("../../every_action/by_name.rs")),
    ("mod", include_str!("../../every_action/mod.rs")),
    ("table", include_str!("../../every_action/table.rs")),
    ("recorded", include_str!("../../every_action/recorded.rs")),
    ("mock", include_str!("../../every_action/mock.rs")),
    ("stand_in", include_str!("../../every_action/stand_in.rs")),
    ("streamed", include_str!("../../every_action/streamed.rs")),
];

/// The parts that APIs share of the test that calls every action.
///
/// With `strict` a case without a call is a failure: here it is ours, in a crate that somebody else has
/// it is nothing that they could mend.
pub(super) fn add_test(
    plan: &mut WritePlan,
    apis: &[(&str, String)],
    strict: bool,
) -> Result<(), RustError> {
    add(plan, "tests/every_action/main.rs", test_root(apis, strict))?;
    add_driver(plan)?;
    Ok(())
}

fn add_driver(plan: &mut WritePlan) -> Result<(), PlanError> {
    for (name, text) in DRIVER {
        let path = format!("tests/every_action/test_driver/{name}.rs");
        plan.add(path, format!("{}{text}", super::format::HEADER))?;
    }
    Ok(())
}

/// The root of the test that calls every action, with nothing in it that could be formatted otherwise.
fn test_root(apis: &[(&str, String)], strict: bool) -> SourceFile {
    let mut file = SourceFile::new(
        "Calls every action, and compares what is sent and read with `tests/cases`.\n\nWithout a server the \
         requests are recorded. Set `<API>_BASE_URL` to where a server listens that checks\nrequests, and \
         `<API>_STAND_IN_URL` to where one does that keeps what it is sent; without them these tests\nare \
         skipped.",
    );
    let modules = apis.iter().map(|(api, feature)| {
        let module = ident(api);
        quote!(#[cfg(feature = #feature)] #[allow(deprecated)] #[rustfmt::skip] mod #module;)
    });
    file.code(quote! {
        #[allow(dead_code, reason = "no API may be turned on")]
        mod test_driver;
        #(#modules)*
    });
    for (api, feature) in apis {
        let (module, capitals) = (ident(api), api.to_uppercase());
        let mock = format!("{capitals}_BASE_URL");
        let stand_in = format!("{capitals}_STAND_IN_URL");
        let suite = ident(&format!("{api}_suite"));
        let sends = ident(&format!("{api}_sends_what_its_cases_say"));
        let accepted = ident(&format!("{api}_takes_every_action"));
        let kept = ident(&format!("{api}_gives_back_what_it_was_sent"));
        file.code(quote! {
            #[cfg(feature = #feature)]
            #[rustfmt::skip]
            fn #suite() -> test_driver::Suite<#module::Api> {
                test_driver::Suite { api: #api, client: #module::client, calls: #module::CALLS, nulls: #module::NULLS, strict: #strict, left_out: #module::LEFT_OUT, keys: #module::KEYS, by_name: #module::BY_NAME }
            }
            #[cfg(feature = #feature)]
            #[rustfmt::skip]
            #[tokio::test]
            async fn #sends() -> Result<(), test_driver::Failure> {
                test_driver::recorded::run(&#suite()).await
            }
            #[cfg(feature = #feature)]
            #[rustfmt::skip]
            #[tokio::test]
            async fn #accepted() -> Result<(), test_driver::Failure> {
                test_driver::mock::run(&#suite(), #mock).await
            }
            #[cfg(feature = #feature)]
            #[rustfmt::skip]
            #[tokio::test]
            async fn #kept() -> Result<(), test_driver::Failure> {
                test_driver::stand_in::run(&#suite(), #stand_in).await
            }
        });
    }
    file
}
