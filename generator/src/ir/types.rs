//! Types that have a name: records, enums, unions and aliases.

use super::{Origin, ResourceId, Schema, Xml};
use serde_json::Value;

/// The index of a type in [`super::Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A type with a name of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// The component's name as the document writes it; `None` for an inline schema.
    pub component: Option<String>,
    /// What to call it, best first, in the document's words; an inline schema's come from the places
    /// it stands in (`["pageInfo"]`, `["findManyPeople", "response"]`). Names are made from the first
    /// that is free; see `passes::names`.
    pub hints: Vec<Vec<String>>,
    /// What it is used for.
    pub role: Role,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Its shape.
    pub body: TypeBody,
    /// `default` at the definition.
    pub default: Option<Value>,
    /// `examples` at the definition.
    pub examples: Vec<Value>,
    /// `deprecated` at the definition.
    pub deprecated: bool,
    /// `xml` at the definition.
    pub xml: Option<Box<Xml>>,
    /// What the definition asks for and no type expresses; see [`super::Constraints::rules`].
    pub rules: Vec<super::Rule>,
    /// Where it is defined; more than one place when equal inline shapes were merged, first the one
    /// that was read first.
    pub origins: Vec<Origin>,
    /// The type of the same schema for the other way, where what is sent has other fields than what is
    /// received. Set by `passes::directions`.
    pub other_way: Option<OtherWay>,
}

/// A schema with `readOnly` or `writeOnly` properties that travels both ways is two types; each knows
/// the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherWay {
    /// This type is received, and sent as that one.
    SentAs(TypeId),
    /// This type is sent, and received as that one.
    ReceivedAs(TypeId),
}

/// The shape of a named type.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "types are few, and a box would stand between every reader and a pattern"
)]
pub enum TypeBody {
    /// An object with known properties.
    Record(Record),
    /// A closed list of values, kept open by back ends where the server may add some.
    Enum(Enum),
    /// One of several schemas.
    Union(Union),
    /// Another name for a schema: a component that is a list, a map or a scalar.
    Alias(Schema),
}

/// What a type is used for; decided by `passes::roles` from the actions that mention it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Role {
    /// Sent to create something, or as any other request body.
    Input,
    /// Sent to change something that exists.
    Update,
    /// Received.
    Output,
    /// Received with an error status.
    Error,
    /// Received by a webhook only.
    Event,
    /// Sent and received alike, or not used by any action.
    #[default]
    Shared,
}

/// An object with known properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Its properties: `id` first, then the required ones as `required` lists them, then the rest
    /// ordered by key. Before `passes::order` those of `allOf` parts stand together, in the parts'
    /// order.
    pub fields: Vec<Field>,
    /// The keys that `required` lists, in its order: unlike a mapping, an array has one.
    pub required: Vec<String>,
    /// What may stand beside them.
    pub additional: Additional,
    /// `patternProperties`: regular expression and value.
    pub patterns: Vec<PatternFields>,
}

/// A property.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key on the wire.
    pub wire_name: String,
    /// Whether the key must be there (`required`); whether its value may be null is the schema's.
    pub required: bool,
    /// Its value.
    pub schema: Schema,
    /// `readOnly`: never sent.
    pub read_only: bool,
    /// `writeOnly`: never received.
    pub write_only: bool,
    /// Whether the value is a credential that must not be shown. Set by `passes::secrets`.
    pub secret: bool,
    /// The resource whose id or record it holds. Set by `passes::relations`.
    pub relation: Option<Relation>,
    /// Whether the value must be held behind a pointer, since it can contain its own type. Set by
    /// `passes::recursion`.
    pub indirect: bool,
    /// Where the property is declared.
    pub origin: Origin,
}

/// A field that points to another resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The resource it points to.
    pub resource: ResourceId,
    /// Whether it holds the id (`companyId`), as opposed to the record itself (`company`).
    pub by_id: bool,
    /// Whether there are several.
    pub many: bool,
    /// Why this is thought to be a relation, for `inspect`.
    pub evidence: String,
}

/// `additionalProperties` and `unevaluatedProperties`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Additional {
    /// Nothing is said: unknown properties are accepted and not kept.
    #[default]
    Unsaid,
    /// `false`: there are none.
    Forbidden,
    /// A schema (or `true`): they are kept.
    Allowed(Box<Schema>),
}

/// One entry of `patternProperties`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternFields {
    /// The regular expression that keys match.
    pub pattern: String,
    /// Their values.
    pub schema: Schema,
}

/// A list of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The values, in the list's order, without duplicates and without null.
    pub values: Vec<EnumValue>,
    /// Whether the values are strings or integers; mixed lists are unions of constants.
    pub integer: bool,
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The value on the wire: a string or an integer.
    pub value: Value,
    /// `x-enum-varnames` and the like.
    pub name: Option<String>,
    /// `x-enum-descriptions` and the like, or the `description` of a `oneOf` constant.
    pub description: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// One of several schemas: `oneOf` or `anyOf`.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The alternatives, in the list's order, null taken out.
    pub variants: Vec<Variant>,
    /// `discriminator.propertyName`, or a property that every variant has as a constant.
    pub tag: Option<String>,
}

/// One alternative of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// What to call it: the component's name, the mapping's key or `title`, else what it is.
    pub name: String,
    /// Its schema.
    pub schema: Schema,
    /// What tells it apart from the others.
    pub test: VariantTest,
    /// The discriminator's property and its values, where no variant declares it: it stands in what is
    /// sent and received all the same, and the union writes it. Set in all variants or in none.
    pub added_tag: Option<AddedTag>,
    /// Whether the value must be held behind a pointer, since it can contain its own union. Set by
    /// `passes::recursion`.
    pub indirect: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// A property that tells a variant and that is none of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedTag {
    /// `discriminator.propertyName`.
    pub property: String,
    /// Its values that mean the variant; the first is written. Never empty.
    pub values: Vec<String>,
}

/// What tells a variant apart. [`VariantTest::None`] in any variant makes the union ambiguous:
/// back ends then keep the raw value and offer conversions, they never guess.
#[derive(Debug, Clone, PartialEq)]
pub enum VariantTest {
    /// The union's tag has one of these values (discriminator mapping, or `const`).
    Tag(Vec<String>),
    /// No other variant has this JSON type.
    JsonType(JsonType),
    /// An object with this property, which no other object variant knows.
    Property(String),
    /// Nothing.
    None,
}

/// The types of JSON (RFC 8259), integers told apart from other numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JsonType {
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}
