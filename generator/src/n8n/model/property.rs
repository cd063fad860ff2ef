//! n8n's `INodeProperties`: a parameter of a node or a field of a credential, as far as it is used.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

/// A parameter as the editor shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Property {
    /// Its label, in Title Case. First, by n8n's convention.
    pub display_name: String,
    /// Its name in the saved workflow.
    pub name: String,
    /// What kind of input it is.
    #[serde(rename = "type")]
    pub kind: PropertyKind,
    /// Whether the editor complains when it is empty.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Whether it takes no expression.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_data_expression: bool,
    /// More about its kind.
    #[serde(skip_serializing_if = "TypeOptions::is_empty")]
    pub type_options: TypeOptions,
    /// The operations it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_options: Option<DisplayOptions>,
    /// What it is before anything was chosen.
    pub default: Value,
    /// What it can be, or what it consists of.
    #[serde(skip_serializing_if = "PropertyOptions::is_empty")]
    pub options: PropertyOptions,
    /// The ways of a resource locator.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<LocatorMode>,
    /// An example of a value, or the label of an add button.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Shown as tooltip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Shown below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Property {
    /// A parameter of which nothing more is said.
    pub fn new(
        display_name: &str,
        name: &str,
        kind: PropertyKind,
        default: impl Into<Value>,
    ) -> Self {
        Self {
            display_name: display_name.to_owned(),
            name: name.to_owned(),
            kind,
            required: false,
            no_data_expression: false,
            type_options: TypeOptions::default(),
            display_options: None,
            default: default.into(),
            options: PropertyOptions::None,
            modes: Vec::new(),
            placeholder: None,
            description: None,
            hint: None,
        }
    }
}

/// What kind of input a parameter is: n8n's `NodePropertyTypes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PropertyKind {
    /// A line of text, or several.
    String,
    /// A number.
    Number,
    /// A switch.
    Boolean,
    /// A choice.
    Options,
    /// A choice of several.
    MultiOptions,
    /// A date picker.
    DateTime,
    /// An editor for JSON.
    Json,
    /// A color picker.
    Color,
    /// Members that can be added one by one.
    Collection,
    /// Rows.
    FixedCollection,
    /// A record, chosen from a list, by id or by URL.
    ResourceLocator,
    /// A text.
    Notice,
    /// Not shown.
    Hidden,
}

/// n8n's `INodePropertyTypeOptions`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeOptions {
    /// Whether what is typed is hidden.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub password: bool,
    /// Lines of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u32>,
    /// The least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_value: Option<serde_json::Number>,
    /// The greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_value: Option<serde_json::Number>,
    /// Digits after the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_precision: Option<u32>,
    /// Whether there can be several values, or rows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub multiple_values: bool,
    /// The label of the button that adds one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_value_button_text: Option<String>,
    /// Whether rows can be moved.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sortable: bool,
    /// The list search method, in a locator's mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_list_method: Option<String>,
    /// Whether the list has a search box.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub searchable: bool,
}

impl TypeOptions {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// When a parameter is shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DisplayOptions {
    /// The values that other parameters must have, by their names: `resource`, `operation`.
    pub show: IndexMap<String, Vec<Value>>,
}

/// The `options` of a parameter, whose meaning its kind decides.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PropertyOptions {
    /// There are none.
    #[default]
    None,
    /// The values of `options` and `multiOptions`.
    Items(Vec<OptionItem>),
    /// The members of a collection.
    Members(Vec<Property>),
    /// The sections of a fixed collection.
    Sections(Vec<FixedCollectionSection>),
}

impl PropertyOptions {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::None
    }
}

/// A value to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OptionItem {
    /// Its label, in Title Case.
    pub name: String,
    /// What is sent.
    pub value: Value,
    /// The sentence for the action list, in an Operation selector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A section of a fixed collection: what a row consists of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FixedCollectionSection {
    /// Its label.
    pub display_name: String,
    /// Its key in the saved workflow: `rows`.
    pub name: String,
    /// The fields of a row.
    pub values: Vec<Property>,
}

/// A way to name a record: n8n's `INodePropertyMode`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocatorMode {
    /// Its label.
    pub display_name: String,
    /// `list`, `id` or `url`.
    pub name: String,
    /// `list` or `string`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The list search method.
    #[serde(skip_serializing_if = "TypeOptions::is_empty")]
    pub type_options: TypeOptions,
    /// An example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What the editor checks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub validation: Vec<Value>,
    /// The id's place in a URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_value: Option<Value>,
}
