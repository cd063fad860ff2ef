//! How deliveries are signed, as the runtime wants to know it.

use super::super::Context;
use super::super::docs::attributes;
use super::super::format::SourceFile;
use crate::ir::{
    HmacSignature, SignatureEncoding, SignatureScheme, SignatureTimestamp, SignedPart,
    TimestampUnit,
};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// The scheme and its verifier, where it is known how deliveries are signed.
    pub(super) fn verifier(&self, file: &mut SourceFile) {
        let Some(signature) = &self.api.webhooks.signature else {
            return;
        };
        let scheme = match &signature.scheme {
            SignatureScheme::StandardWebhooks => quote!(rt::webhook::Scheme::standard_webhooks()),
            SignatureScheme::Hmac(hmac) => self.hmac(hmac),
        };
        file.code(quote! {
            impl rt::webhook::Signed for Event {
                const SCHEME: rt::webhook::Scheme = #scheme;
            }
        });
        let docs = attributes(&self.verifier_docs());
        file.code(quote!(#docs pub type Verifier = rt::webhook::Verifier<Event>;));
    }

    fn hmac(&self, hmac: &HmacSignature) -> TokenStream {
        let (header, prefix) = (&hmac.header, &hmac.prefix);
        let prefix = (!prefix.is_empty()).then(|| quote!(.prefix(#prefix)));
        let encoding = match hmac.encoding {
            SignatureEncoding::Hex => None,
            SignatureEncoding::Base64 => Some(quote!(.encoding(rt::webhook::Encoding::Base64))),
        };
        let mut around = hmac.signed.split(|part| *part == SignedPart::Body);
        let mut side = || {
            let parts = around.next().unwrap_or_default();
            let parts = parts
                .iter()
                .filter_map(|part| self::part(part, hmac.timestamp.as_ref()));
            parts.collect::<Vec<TokenStream>>()
        };
        let (before, after) = (side(), side());
        let alone = before.is_empty() && after.is_empty();
        let signed = (!alone).then(|| quote!(.signed(&[#(#before),*], &[#(#after),*])));
        let id = &self.api.webhooks.delivery_id;
        let id = (!id.is_empty()).then(|| quote!(.delivery_id(&[#(#id),*])));
        quote!(rt::webhook::Scheme::hmac_sha256(#header) #prefix #encoding #signed #id)
    }
}

/// What is signed beside the body; `None` for a timestamp that stands nowhere.
fn part(part: &SignedPart, timestamp: Option<&SignatureTimestamp>) -> Option<TokenStream> {
    match part {
        SignedPart::Body => None,
        SignedPart::Text(text) => Some(quote!(rt::webhook::Part::Text(#text))),
        SignedPart::Timestamp => {
            let SignatureTimestamp { header, unit } = timestamp?;
            let unit = match unit {
                TimestampUnit::Seconds => quote!(Seconds),
                TimestampUnit::Milliseconds => quote!(Milliseconds),
            };
            Some(quote! {
                rt::webhook::Part::Timestamp { header: #header, unit: rt::webhook::Unit::#unit }
            })
        }
    }
}
