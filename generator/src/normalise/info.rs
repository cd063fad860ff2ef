//! Info, tags and external documentation.

use super::reader::Reader;
use super::shell::Shape;
use crate::ir::{Api, Contact, ExternalDocs, Info, License, Tag};
use crate::load::Node;

/// Members of the Info Object that only OpenAPI 3.1 has, or that are read by themselves.
const INFO: Shape<'_> = Shape {
    aside: &["summary", "contact", "license", "termsOfService"],
    required: &[("title", ""), ("version", "")],
    expected: &[],
    tag: None,
    stand_in: None,
};

const TAG: Shape<'_> = Shape {
    // 3.2 nests tags; they are read flat.
    aside: &["externalDocs", "summary", "parent", "kind"],
    required: &[("name", "")],
    expected: &[],
    tag: None,
    stand_in: None,
};

const EXTERNAL_DOCS: Shape<'_> = Shape {
    aside: &[],
    required: &[("url", "")],
    expected: &[],
    tag: None,
    stand_in: None,
};

impl<'d> Reader<'d, '_> {
    /// Fills in what the document says about itself.
    pub(super) fn info(&mut self, root: &Node<'d>, api: &mut Api) {
        api.external_docs = self.external_docs(root);
        api.tags = self.tags(root);
        let Some(node) = self.object(root, "info") else {
            return;
        };
        let Some(info) = self.shell::<openapiv3::Info>(&node, &INFO) else {
            return;
        };
        api.title = info.title;
        api.version = info.version;
        api.description = info.description.or_else(|| self.string(&node, "summary"));
        api.info = people(&node);
    }

    fn tags(&mut self, root: &Node<'d>) -> Vec<Tag> {
        let Some(list) = self.array(root, "tags") else {
            return Vec::new();
        };
        let mut tags = Vec::new();
        for node in list.items() {
            let Some(tag) = self.shell::<openapiv3::Tag>(&node, &TAG) else {
                continue;
            };
            tags.push(Tag {
                name: tag.name,
                description: tag.description,
                external_docs: self.external_docs(&node),
                origin: node.origin(),
            });
        }
        tags
    }

    /// `externalDocs` of a node.
    pub(super) fn external_docs(&mut self, node: &Node<'d>) -> Option<ExternalDocs> {
        let docs = self.object(node, "externalDocs")?;
        let read = self.shell::<openapiv3::ExternalDocumentation>(&docs, &EXTERNAL_DOCS)?;
        Some(ExternalDocs {
            url: read.url,
            description: read.description,
        })
    }
}

/// Contact, licence and terms. Nothing is made of them, so that what is no text is left out in silence.
fn people(info: &Node<'_>) -> Info {
    let text = |node: Option<&Node<'_>>, key: &str| {
        let child = node?.get(key)?;
        child.value().as_str().map(str::to_owned)
    };
    let (contact, license) = (info.get("contact"), info.get("license"));
    Info {
        contact: Contact {
            name: text(contact.as_ref(), "name"),
            url: text(contact.as_ref(), "url"),
            email: text(contact.as_ref(), "email"),
        },
        license: License {
            name: text(license.as_ref(), "name"),
            url: text(license.as_ref(), "url"),
        },
        terms_of_service: text(Some(info), "termsOfService"),
    }
}
