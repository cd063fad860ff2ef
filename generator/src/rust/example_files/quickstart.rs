//! The first calls of a client: makes a record, finds it, lists some, changes it, removes it.

use super::super::Context;
use super::super::builders::{Output, output};
use super::super::ident;
use super::ExampleFile;
use super::calls::{Given, Id};
use super::parts::Script;
use super::subject::Subject;
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// `quickstart.rs`.
    pub(super) fn quickstart(&self) -> Option<ExampleFile> {
        let subject = self.subject()?;
        let actions = [
            subject.create,
            subject.find,
            subject.list,
            subject.update,
            subject.delete,
            subject.other,
        ];
        let actions: Vec<_> = actions.into_iter().flatten().collect();
        let client = self.client_parts(&actions);
        let api = ident(&self.api.name);
        let (settings, calls) = (&client.settings, &client.calls);
        let mut script = Script::default();
        script.add(quote! {
            #settings
            let client = #api::Client::builder()#calls.build()?;
        });
        let mut done = Vec::new();
        self.first_calls(&subject, &mut script, &mut done)?;
        let about = format!(
            "The first calls with {}: {}.\n\nIt prints what happened.",
            self.many_of(subject.resource),
            done.join(", ")
        );
        let mut example = self.example("quickstart", &about, [subject.resource], &client);
        let import = self.example_import();
        if !import.is_empty() {
            example.file.code(import);
        }
        script.into_main(&mut example.file);
        Some(example)
    }

    /// The calls, as far as the resource has them, and what they do.
    fn first_calls(
        &self,
        subject: &Subject,
        script: &mut Script,
        done: &mut Vec<&'static str>,
    ) -> Option<()> {
        let (example, changed) = (quote!("Example"), quote!("Changed example"));
        let label = subject.label.as_deref();
        let given = |id, text| Given { id, text, label };
        let own = subject.made.is_some();
        if let Some(id) = subject.create {
            let call = self.example_call(id, given(Id::MadeUp, &example))?;
            let told = self.told(id, &call, "created", "created", subject);
            script.step(
                "Required values are arguments; what is not set is not sent.",
                told,
            );
            done.push("makes one");
            if let Some(key) = &subject.made {
                script.add(key.bind(&ident("created")));
                script.add(quote!(println!("its id is {id}");));
            }
        }
        let find = |id: Id| {
            let action = subject.find?;
            let call = self.example_call(action, given(id, &example))?;
            Some(self.told(action, &call, "found", "found", subject))
        };
        let first = own || subject.listed.is_none();
        let id = if own { Id::Lent } else { Id::MadeUp };
        if first && let Some(found) = find(id) {
            script.apart(found);
            done.push("finds it");
        }
        if let Some(id) = subject.list {
            let call = self.example_call(id, given(Id::MadeUp, &example))?;
            let told = self.told(id, &call, "listed", "listed", subject);
            let paged = matches!(output(self.api, self.api.action(id)?), Output::Page(..));
            let other = self.example_name("pagination");
            let remark = format!("The first page; the example `{other}` reads them all.");
            if paged {
                script.step(&remark, told);
            } else {
                script.apart(told);
            }
            done.push("lists some");
            if !own && let (Some(key), Some(found)) = (&subject.listed, find(Id::Moved)) {
                script.add(first_of_list(paged, &key.bind(&ident("first")), &found));
                done.push("finds one");
            }
        }
        if let Some(id) = subject.update {
            let call = self.example_call(id, given(Id::Lent, &changed))?;
            script.apart(self.told(id, &call, "updated", "updated", subject));
            done.push("changes it");
        }
        if let Some(id) = subject.delete {
            let call = self.example_call(id, given(Id::Lent, &example))?.code;
            script.apart(quote!(#call.await?; println!("deleted {id}");));
            done.push("removes it");
        }
        if let Some(id) = subject.other {
            let call = self.example_call(id, given(Id::MadeUp, &example))?;
            script.apart(self.told(id, &call, "answer", "called", subject));
            done.push("makes one call");
        }
        Some(())
    }
}

/// Goes on with the first record of what was listed.
fn first_of_list(paged: bool, bind: &TokenStream, found: &TokenStream) -> TokenStream {
    let items = if paged {
        quote!(listed.items)
    } else {
        quote!(listed)
    };
    quote! {
        if let Some(first) = #items.into_iter().next() {
            #bind
            #found
        }
    }
}
