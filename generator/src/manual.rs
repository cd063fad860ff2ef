//! What the Rust SDK and the n8n package call things, as the documentation takes it: back ends do not know
//! each other.

use crate::docs::{
    N8nCredential, N8nInput, N8nOperation, N8nUsage, RustCall, RustUsage, TriggerSecret,
};
use crate::n8n::model::SecretDescriptor;
use crate::names::{N8nEvents, N8nNames, RustNames};
use crate::{Rendering, Shape, n8n, rust};

/// How the Rust SDK of an API is used.
pub(crate) fn rust(rendering: Rendering<'_>, names: &RustNames) -> RustUsage {
    let input = rust::Crate {
        api: rendering.api,
        version: &rendering.config.version,
    };
    let home = match rendering.shape {
        Shape::Module => rust::CrateHome::Shared,
        Shape::Standalone => rust::CrateHome::Own,
    };
    let manual = rust::manual(input, home, names);
    let call = |call: rust::Call| RustCall {
        code: call.code,
        given: call.given,
        parameters: call.parameters,
        stream: call.stream,
    };
    RustUsage {
        package: manual.package,
        import: manual.import,
        module: manual.module,
        features: manual.features,
        accessors: manual.accessors,
        calls: manual.calls.into_iter().map(|it| it.map(call)).collect(),
        types: manual.types,
        fields: names.fields.clone(),
        events: manual.events,
        verifier: manual.verifier,
        client_parameters: manual.client_parameters,
        credentials: manual.credentials,
    }
}

/// How the n8n package of an API is used.
pub(crate) fn n8n(package: n8n::Package<'_>, names: &N8nNames, events: &N8nEvents) -> N8nUsage {
    let manual = n8n::manual(package, names);
    let registered = package.trigger.and_then(|it| it.subscription.as_ref());
    let secret = match registered.and_then(|it| it.secret.as_ref()) {
        Some(SecretDescriptor::Chosen) => TriggerSecret::Chosen,
        Some(SecretDescriptor::Given(_)) => TriggerSecret::Given,
        None => TriggerSecret::Entered,
    };
    let credential = |(name, fields): (String, Vec<String>)| N8nCredential { name, fields };
    N8nUsage {
        package: manual.package,
        node: manual.node,
        trigger: manual.trigger,
        secret,
        credentials: manual.credentials.into_iter().map(credential).collect(),
        operations: manual
            .operations
            .into_iter()
            .map(|it| it.map(operation))
            .collect(),
        events: events
            .events
            .iter()
            .map(|it| Some(it.as_ref()?.name.clone()))
            .collect(),
    }
}

fn operation(operation: n8n::ManualOperation) -> N8nOperation {
    let input = |input: n8n::ManualInput| N8nInput {
        place: input.place,
        wire_name: input.wire_name,
        label: input.label,
        group: input.group,
        json: input.json,
    };
    N8nOperation {
        resource: operation.resource,
        operation: operation.operation,
        action: operation.action,
        inputs: operation.inputs.into_iter().map(input).collect(),
        more: operation.more,
    }
}
