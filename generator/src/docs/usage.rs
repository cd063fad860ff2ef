//! What the other outputs call things: plain data that is handed in, since back ends do not know each
//! other.

use crate::ir::Place;

/// How an API is used from its other outputs. What is not generated is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// The Rust SDK.
    pub rust: Option<RustUsage>,
    /// The n8n package.
    pub n8n: Option<N8nUsage>,
}

/// The Rust SDK.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RustUsage {
    /// The crate, as Cargo knows it: `specwright-generated`.
    pub package: String,
    /// The path that the API is imported from: `specwright_generated::twenty`.
    pub import: String,
    /// The module's name: `twenty`.
    pub module: String,
    /// The feature of each resource, by `ResourceId`.
    pub features: Vec<String>,
    /// The method of the client that leads to each resource, by `ResourceId`.
    pub accessors: Vec<String>,
    /// How each action is called, by `ActionId`.
    pub calls: Vec<Option<RustCall>>,
    /// What each type is called, by `TypeId`; `None`: it is not shown.
    pub types: Vec<Option<String>>,
    /// What the fields of each record are called, by `TypeId` and the field's index.
    pub fields: Vec<Vec<String>>,
    /// The variant of each event, in the order of `Api::events`.
    pub events: Vec<Option<String>>,
    /// Whether there is a verifier of deliveries.
    pub verifier: bool,
    /// The method of the client's builder for each of `Api::client_parameters`, by index.
    pub client_parameters: Vec<String>,
    /// How credentials are given to the client's builder: `.bearer_token(..)`, one for each security
    /// scheme, by its key.
    pub credentials: Vec<(String, String)>,
}

/// A call, as the documentation of the method has it: it is compiled there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RustCall {
    /// The statements, with a client named `client`.
    pub code: String,
    /// What else they mention: `id: twenty::Uuid`.
    pub given: Vec<String>,
    /// What the parameters are called, by their index: arguments where they are required, else setters.
    pub parameters: Vec<String>,
    /// The media type of the stream that `.stream()` asks for in place of the answer.
    pub stream: Option<String>,
}

/// The n8n package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct N8nUsage {
    /// `n8n-nodes-twenty`.
    pub package: String,
    /// The node's name in the editor: `Twenty`.
    pub node: String,
    /// The trigger node's name; `None`: there is none.
    pub trigger: Option<String>,
    /// Where the trigger node has the secret of signatures from.
    pub secret: TriggerSecret,
    /// The credentials, any of which will do where the action allows it.
    pub credentials: Vec<N8nCredential>,
    /// How each action is chosen, by `ActionId`; `None`: the node does not have it.
    pub operations: Vec<Option<N8nOperation>>,
    /// How each event is chosen in the trigger node, in the order of `Api::events`.
    pub events: Vec<Option<String>>,
}

/// Where a trigger node has the secret that deliveries are signed with from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TriggerSecret {
    /// People enter it in a credential.
    #[default]
    Entered,
    /// The node makes it, and tells the API.
    Chosen,
    /// The API gives it to the node.
    Given,
}

/// A credential.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct N8nCredential {
    /// `Twenty API`.
    pub name: String,
    /// The labels of what is filled in: `Base URL`, `API Key`.
    pub fields: Vec<String>,
}

/// How an action is chosen and filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct N8nOperation {
    /// The choice of Resource: `Connected Account`.
    pub resource: String,
    /// The choice of Operation: `Create One`.
    pub operation: String,
    /// The line in the list of actions: `Create one connected account`.
    pub action: String,
    /// Where each value is set.
    pub inputs: Vec<N8nInput>,
    /// The labels of inputs that stand for no value of the API: `Return All`, `Simplify`.
    pub more: Vec<String>,
}

/// An input of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct N8nInput {
    /// Where its value goes; `None`: into the body.
    pub place: Option<Place>,
    /// The wire name.
    pub wire_name: String,
    /// Its label: `Account Owner ID`.
    pub label: String,
    /// The label of the collection it is in: `Additional Fields`.
    pub group: Option<String>,
    /// Whether it is filled in as JSON.
    pub json: bool,
}
