//! A list over several pages: page by page, item by item, no more than so many, and from where it was
//! left.

use super::super::Context;
use super::super::builders::{Output, optional, output};
use super::super::ident;
use super::super::types::Presence;
use super::ExampleFile;
use super::calls::{Given, Id, Key};
use super::parts::Script;
use super::subject::Subject;
use crate::ir::{Action, ActionId, Primitive, Type, TypeId};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// How many items a page of the example has, where the API lets the caller say it.
const SIZE: i64 = 2;

/// The records that an example makes, so that there is something to list.
struct Records {
    create: ActionId,
    delete: ActionId,
    key: Key,
}

impl Context<'_> {
    /// `pagination.rs`.
    pub(super) fn pagination_example(&self) -> Option<ExampleFile> {
        let subject = self.paged_subject()?;
        let list = subject.list?;
        let records = self.records(&subject);
        let mut actions = vec![list];
        actions.extend(records.iter().flat_map(|it| [it.create, it.delete]));
        let client = self.client_parts(&actions);
        let api = ident(&self.api.name);
        let (settings, calls) = (&client.settings, &client.calls);
        let mut script = Script::default();
        script.add(quote! {
            #settings
            let client = #api::Client::builder()#calls.build()?;
        });
        if let Some(records) = &records {
            self.make_records(&subject, records, &mut script)?;
        }
        self.read_pages(&subject, list, &mut script)?;
        if let Some(records) = &records {
            self.remove_records(records, &mut script)?;
        }
        let many = self.many_of(subject.resource);
        let about = format!(
            "A list of {many} over several pages: page by page, item by item, no more than so many.\n\nIt \
             prints what it reads."
        );
        let mut example = self.example("pagination", &about, [subject.resource], &client);
        let import = self.example_import();
        if !import.is_empty() {
            example.file.code(import);
        }
        script.into_main(&mut example.file);
        Some(example)
    }

    /// What to list, where all that is made can be removed again.
    fn records(&self, subject: &Subject) -> Option<Records> {
        subject.label.as_ref()?;
        Some(Records {
            create: subject.create?,
            delete: subject.delete?,
            key: subject.made.clone()?,
        })
    }

    fn make_records(
        &self,
        subject: &Subject,
        records: &Records,
        script: &mut Script,
    ) -> Option<()> {
        let text = quote!(text);
        let given = Given {
            id: Id::MadeUp,
            text: &text,
            label: subject.label.as_deref(),
        };
        let call = self.example_call(records.create, given)?.code;
        let there = match output(self.api, self.api.action(records.create)?) {
            Output::Json(_, true) => quote!(.ok_or("the answer is empty")?),
            _ => TokenStream::new(),
        };
        let id = records.key.of(&ident("created"));
        let remark = format!(
            "Three {}, so that there is something to read.",
            self.many_of(subject.resource)
        );
        let code = quote! {
            let mut made = Vec::new();
            for text in ["First example", "Second example", "Third example"] {
                let created = #call.await?#there;
                made.push(#id);
            }
        };
        script.step(&remark, code);
        Some(())
    }

    fn remove_records(&self, records: &Records, script: &mut Script) -> Option<()> {
        let text = quote!("");
        let given = Given {
            id: Id::Moved,
            text: &text,
            label: None,
        };
        let call = self.example_call(records.delete, given)?.code;
        script.step(
            "What was made is removed again.",
            quote!(for id in made { #call.await?; }),
        );
        Some(())
    }

    fn read_pages(&self, subject: &Subject, list: ActionId, script: &mut Script) -> Option<()> {
        let action = self.api.action(list)?;
        let Output::Page(items, metadata) = output(self.api, action) else {
            return None;
        };
        let text = quote!("");
        let given = Given {
            id: Id::MadeUp,
            text: &text,
            label: None,
        };
        let bare = self.example_call(list, given)?.code;
        let size = self.page_size(list, action);
        let call = quote!(#bare #size);
        let counted = format!("page {{number}}: {{}} {}", self.many_of(subject.resource));
        let beside = metadata.map(|id| self.beside(action, id));
        let each = if size.is_empty() {
            "Page by page"
        } else {
            "Two on each page"
        };
        let remark =
            format!("{each}; the next page is asked for when it is needed. Here three are enough.");
        let pages = quote! {
            let mut pages = #call.pages().max_pages(3);
            let mut number = 0;
            while let Some(page) = pages.try_next().await? {
                number += 1;
                println!(#counted, page.items.len());
                #beside
            }
        };
        script.step(&remark, pages);
        let ty = if items.nullable {
            &Type::Any
        } else {
            &items.ty
        };
        let shown = self.shown_line("item", ty, "item", subject);
        let stream = quote! {
            let mut items = #call.stream().max_items(5);
            while let Some(item) = items.try_next().await? {
                #shown
            }
        };
        script.step(
            "Item by item, over as many pages as it takes: no page is asked for that five items do not need.",
            stream,
        );
        if let Some(resume) = self.resumed(list, action) {
            let went_on = format!("went on with {{}} {}", self.many_of(subject.resource));
            let code = quote! {
                let first = #call.await?;
                if let Some(next) = first.next {
                    let second = #call #resume.await?;
                    println!(#went_on, second.items.len());
                }
            };
            script.step(
                "`next` says where a list goes on; it can be kept for later.",
                code,
            );
        }
        Some(())
    }

    /// Prints what stands beside the items: how many there are in all, where that is said.
    fn beside(&self, action: &Action, metadata: TypeId) -> TokenStream {
        let total = action
            .pagination
            .as_ref()
            .and_then(|it| it.total.as_ref()?.body());
        match total.and_then(|total| self.member(metadata, total)) {
            Some(total) => quote!(println!("in all: {:?}", page.meta #total);),
            None => quote!(println!("beside them: {:?}", page.meta);),
        }
    }

    /// The fields behind these keys, where each but the last is always there.
    fn member(&self, record: TypeId, keys: &[String]) -> Option<TokenStream> {
        let (mut code, mut current) = (TokenStream::new(), Some(record));
        for key in keys {
            let (id, fields) = self.api.record(&Type::Named(current?))?;
            let index = fields
                .fields
                .iter()
                .position(|field| field.wire_name == *key)?;
            let field = fields.fields.get(index)?;
            let name = ident(self.names.fields.get(id.0)?.get(index)?);
            code.extend(quote!(.#name));
            let role = self.api.type_def(id)?.role;
            let always = self.field(field, role).0 == Presence::Required && !field.schema.nullable;
            current = match self.behind(&field.schema.ty) {
                Type::Named(id) if always && !field.secret => Some(*id),
                _ => None,
            };
        }
        Some(code)
    }

    /// The setter of the number of items on a page.
    fn page_size(&self, id: ActionId, action: &Action) -> TokenStream {
        let setter = || {
            let wire = action.pagination.as_ref()?.size_parameter()?;
            let (index, parameter) = optional(action).find(|(_, it)| it.wire_name == wire)?;
            let Type::Primitive(Primitive::Integer { .. }) = &parameter.schema.ty else {
                return None;
            };
            let limits = &parameter.schema.constraints;
            let bound =
                |bound: &Option<crate::ir::Bound>| bound.as_ref().map(|it| it.value.as_i64());
            let fits = bound(&limits.minimum).is_none_or(|it| it.is_some_and(|it| it < SIZE))
                && bound(&limits.maximum).is_none_or(|it| it.is_some_and(|it| it > SIZE))
                && limits.multiple_of.is_none()
                && !parameter.deprecated;
            let name = ident(self.names.actions.get(id.0)?.parameters.get(index)?);
            let size = Literal::i64_unsuffixed(SIZE);
            fits.then(|| quote!(.#name(#size)))
        };
        setter().unwrap_or_default()
    }

    /// The setter that takes what `next` says.
    fn resumed(&self, id: ActionId, action: &Action) -> Option<TokenStream> {
        let slot = action.pagination.as_ref()?.strategy.parameter()?;
        let mut setters =
            optional(action).filter(|(_, it)| slot.is(it.place, &it.wire_name) && !it.deprecated);
        let (index, parameter) = setters.next()?;
        let name = ident(self.names.actions.get(id.0)?.parameters.get(index)?);
        match &parameter.schema.ty {
            Type::Primitive(Primitive::String { .. }) => Some(quote!(.#name(next))),
            Type::Primitive(Primitive::Integer { .. }) => Some(quote!(.#name(next.parse()?))),
            _ => None,
        }
    }
}
