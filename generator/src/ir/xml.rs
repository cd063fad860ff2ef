//! What `xml` says of a schema: how its value looks in XML.

use super::{Api, Schema, Type, TypeBody};

/// An XML Object (OpenAPI 3.1, section 4.8.26).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Xml {
    /// `name`: of the element or attribute; on the items of a list, of each.
    pub name: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `attribute`, or `nodeType: attribute` of 3.2.
    pub attribute: bool,
    /// `wrapped`, or `nodeType: element` of 3.2 on an array: the items are inside an element.
    pub wrapped: bool,
    /// `nodeType: text` and `cdata` of 3.2: the value is the text of the element around it.
    pub text: bool,
}

impl Xml {
    /// This, and what `other` says where this says nothing.
    fn or(mut self, other: &Self) -> Self {
        self.name = self.name.or_else(|| other.name.clone());
        // A prefix is that of its namespace.
        if self.namespace.is_none() && self.prefix.is_none() {
            self.namespace.clone_from(&other.namespace);
            self.prefix.clone_from(&other.prefix);
        }
        self.attribute |= other.attribute;
        self.wrapped |= other.wrapped;
        self.text |= other.text;
        self
    }
}

impl Api {
    /// What is said of a schema's form in XML: at the place, and where that says nothing at the component
    /// that it refers to.
    pub fn xml(&self, schema: &Schema) -> Xml {
        let mut said = schema.xml.as_deref().cloned().unwrap_or_default();
        let mut ty = &schema.ty;
        for _ in 0..=self.types.len() {
            let Type::Named(id) = ty else { break };
            let Some(def) = self.type_def(*id) else { break };
            // What is written in place is said at the place.
            let own = def.xml.as_deref().filter(|_| def.component.is_some());
            if let Some(own) = own {
                said = said.or(own);
            }
            match &def.body {
                TypeBody::Alias(schema) => ty = &schema.ty,
                TypeBody::Record(_) | TypeBody::Enum(_) | TypeBody::Union(_) => break,
            }
        }
        said
    }

    /// What an element with a value of this schema is called where nothing around it says so: as `xml` says,
    /// or else as the component. `None` for what has no name.
    pub fn xml_root(&self, schema: &Schema) -> Option<String> {
        let component = || match &schema.ty {
            Type::Named(id) => self.type_def(*id)?.component.clone(),
            _ => None,
        };
        self.xml(schema).name.or_else(component)
    }
}
