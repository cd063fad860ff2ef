//! What goes wrong with an action, and what to do about it: from the document, so that it is true of the
//! action it is said of.

use super::markdown;
use super::notes::{Input, inputs};
use super::nouns::Nouns;
use super::output::is_error;
use super::site::Site;
use crate::config::NoteKind;
use crate::ir::{
    Action, ActionId, Idempotency, Kind, Method, Place, Primitive, Status, Type, TypeBody,
};

/// Labels that are listed in one line.
const MOST_LABELS: usize = 12;

impl Site<'_> {
    /// Advice for an action: lines of Markdown.
    pub(super) fn troubleshooting(&self, id: ActionId, action: &Action) -> Vec<String> {
        let inputs = inputs(self.api, action);
        let mut lines: Vec<String> = self.authentication(action).into_iter().collect();
        lines.extend(self.required(id, action, &inputs));
        lines.extend(self.essential(id, &inputs));
        lines.extend(self.formats(id, &inputs));
        lines.extend(self.not_found(action));
        lines.extend(self.pages(action));
        lines.push(self.rate_limits(action));
        lines.push(self.connectivity(action));
        let of_inputs = inputs.iter().flat_map(|input| {
            let label = self.input_label(id, input.place, input.wire_name);
            let said = self
                .notes
                .of_value(input.origin, NoteKind::Troubleshooting)
                .into_iter();
            said.map(move |text| format!("**{label}**: {text}"))
        });
        let mut said: Vec<String> = of_inputs.collect();
        said.extend(self.notes.of_action(id, NoteKind::Troubleshooting));
        lines.extend(said);
        lines
    }

    fn authentication(&self, action: &Action) -> Option<String> {
        if self.is_anonymous(action) {
            return None;
        }
        let has = |status: u16| declares(action, status);
        let status = match (has(401), has(403)) {
            (true, true) => {
                "Status 401 means that the credential is missing, expired or not valid, and 403 \
                             that it does not allow this action."
            }
            (true, false) => {
                "Status 401 means that the credential is missing, expired or not valid."
            }
            (false, true) => "Status 403 means that the credential does not allow this action.",
            (false, false) => "A refused credential mostly answers with status 401 or 403.",
        };
        let test = match &self.usage.n8n {
            Some(_) => " Test it in n8n, or with an action that only reads.",
            None => " Try it with an action that only reads.",
        };
        Some(format!("**Authentication failures**: {status}{test}"))
    }

    fn required(&self, id: ActionId, action: &Action, inputs: &[Input<'_>]) -> Option<String> {
        let optional = action.body.as_ref().is_some_and(|body| !body.required);
        let labels = |in_body: bool| {
            let required = inputs
                .iter()
                .filter(|input| input.required && in_body == (optional && input.place.is_none()));
            let labels: Vec<String> = required
                .map(|input| self.input_label(id, input.place, input.wire_name))
                .collect();
            strong(&labels)
        };
        let always = labels(false).map(|shown| format!("{shown} must be given"));
        let with_body =
            labels(true).map(|shown| format!("where a body is sent, {shown} must be in it"));
        let said: Vec<String> = always.into_iter().chain(with_body).collect();
        (!said.is_empty()).then(|| {
            let said = super::nouns::capitalised(&said.join("; "));
            format!("**Missing required fields**: {said}, or the request is refused.")
        })
    }

    /// What the configuration says is needed.
    fn essential(&self, id: ActionId, inputs: &[Input<'_>]) -> Option<String> {
        let essential: Vec<&Input<'_>> = inputs
            .iter()
            .filter(|input| {
                !self
                    .notes
                    .of_value(input.origin, NoteKind::Essential)
                    .is_empty()
            })
            .collect();
        let labels: Vec<String> = essential
            .iter()
            .map(|input| self.input_label(id, input.place, input.wire_name))
            .collect();
        let shown = strong(&labels)?;
        // Each reason is said of what it is about.
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for (input, label) in essential.iter().zip(&labels) {
            let reason = self.notes.of_value(input.origin, NoteKind::Essential);
            let reason = reason.join(" ");
            match reasons.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, of)) => of.push(label.clone()),
                None => reasons.push((reason, vec![label.clone()])),
            }
        }
        let reasons = reasons.iter().filter_map(|(reason, of)| {
            let of = strong(of)?;
            Some(format!("{of}: {reason}"))
        });
        let reasons = reasons.collect::<Vec<_>>().join(" ");
        Some(format!(
            "**Missing essential fields**: {shown} may be left out according to the document, and are needed \
             in practice. {reasons}"
        ))
    }

    /// Values that are easily written in the wrong way.
    fn formats(&self, id: ActionId, inputs: &[Input<'_>]) -> Vec<String> {
        let labels = |wanted: &dyn Fn(&Input<'_>) -> bool| -> Option<String> {
            let found = inputs.iter().filter(|input| wanted(input));
            let labels: Vec<String> = found
                .map(|input| self.input_label(id, input.place, input.wire_name))
                .collect();
            strong(&labels)
        };
        let is = |input: &Input<'_>, primitive: &Primitive| matches!(self.api.resolved(&input.schema.ty), Type::Primitive(found) if found == primitive);
        let json = labels(&|input| self.takes_json(id, input));
        let times = labels(&|input| is(input, &Primitive::DateTime));
        let days = labels(&|input| is(input, &Primitive::Date));
        let ids = labels(&|input| is(input, &Primitive::Uuid));
        let choices = labels(&|input| self.is_choice(input));
        let patterns = labels(&|input| input.schema.constraints.pattern.is_some());
        let mut lines = Vec::new();
        lines.extend(json.map(|it| {
            format!(
                "**Incorrect JSON**: where JSON is given for {it}, it must be valid, and of the shape that the \
                 table says."
            )
        }));
        lines.extend(times.map(|it| {
            format!("**Dates and times**: write {it} as RFC 3339 has it, for example `2025-03-12T12:34:55Z`.")
        }));
        lines.extend(
            days.map(|it| format!("**Dates**: write {it} as a day, for example `2025-03-12`.")),
        );
        lines.extend(ids.map(|it| {
            format!(
                "**Ids**: write {it} as a UUID, for example `3fa85f64-5717-4562-b3fc-2c963f66afa6`."
            )
        }));
        lines.extend(choices.map(|it| {
            format!(
                "**Choices**: for {it}, use a possible value of the table in exactly that spelling."
            )
        }));
        lines.extend(
            patterns
                .map(|it| format!("**Patterns**: {it} must match the expressions of the table.")),
        );
        lines
    }

    /// Whether a value is an object, a list or anything, which a form may take as JSON.
    fn takes_json(&self, id: ActionId, input: &Input<'_>) -> bool {
        if self
            .input(id, input.place, input.wire_name)
            .is_some_and(|it| it.json)
        {
            return true;
        }
        let structured = match self.api.resolved(&input.schema.ty) {
            Type::Any | Type::Map(_) | Type::List(_) | Type::Tuple(..) => true,
            Type::Named(id) => self
                .api
                .type_def(*id)
                .is_some_and(|def| matches!(def.body, TypeBody::Record(_) | TypeBody::Union(_))),
            _ => false,
        };
        structured && input.place.is_none()
    }

    fn is_choice(&self, input: &Input<'_>) -> bool {
        match self.api.resolved(&input.schema.ty) {
            Type::Named(id) => self
                .api
                .type_def(*id)
                .is_some_and(|def| matches!(&def.body, TypeBody::Enum(of) if !of.integer)),
            _ => false,
        }
    }

    fn not_found(&self, action: &Action) -> Option<String> {
        let by_id = action.parameters.iter().any(|it| it.place == Place::Path);
        let single = matches!(
            action.kind,
            Kind::FindOne | Kind::UpdateOne | Kind::DeleteOne | Kind::Restore
        );
        let Nouns { one, .. } = Nouns::of(self.api, action);
        (by_id && (single || declares(action, 404))).then(|| {
            format!("**Not found**: no {one} has this id, or the credential does not show it.")
        })
    }

    fn pages(&self, action: &Action) -> Option<String> {
        use crate::ir::Strategy;
        match &action.pagination.as_ref()?.strategy {
            Strategy::Cursor { parameter, .. } => Some(format!(
                "**Records that are missing**: one answer is one page. A cursor for {} is opaque: take it \
                 from the answer before, and do not make one.",
                markdown::code(&parameter.to_string())
            )),
            Strategy::Page { .. }
            | Strategy::Offset { .. }
            | Strategy::LinkHeader
            | Strategy::NextUrl { .. } => Some(
                "**Records that are missing**: one answer is one page; ask for the next ones."
                    .to_owned(),
            ),
        }
    }

    fn rate_limits(&self, action: &Action) -> String {
        let said = match declares(action, 429) {
            true => "Status 429 means that too many requests were sent.",
            false => {
                "The document names no limit for this action; a server that has one answers with status 429."
            }
        };
        format!("**Rate limits**: {said} {}", self.patience())
    }

    /// How often a request is sent, and how long the waits are: what the runtimes do unless they are told
    /// otherwise.
    fn patience(&self) -> String {
        let who = match (&self.usage.rust, &self.usage.n8n) {
            (Some(_), Some(_)) => {
                "The SDK sends the request up to 3 times in all, the node up to 4 times."
            }
            (Some(_), None) => "The SDK sends the request up to 3 times in all.",
            (None, Some(_)) => "The node sends the request up to 4 times in all.",
            (None, None) => return "Wait then, and send the request again.".to_owned(),
        };
        format!(
            "{who} The first wait is up to half a second, each further one up to twice as long; where \
             `Retry-After` asks for more, it is that, up to a minute. Then the error is returned."
        )
    }

    fn connectivity(&self, action: &Action) -> String {
        let again = match &action.idempotency {
            Idempotency::Idempotent if action.method == Method::Delete => format!(
                "{} it again when the connection breaks. A repetition can answer that there is nothing \
                 to remove, where the first attempt did its work.",
                self.tools("sends", "send")
            ),
            Idempotency::Safe | Idempotency::Idempotent => format!(
                "{} it again when the connection breaks, since that does no harm.",
                self.tools("sends", "send")
            ),
            Idempotency::Keyed { .. } => {
                "It carries a key, so that it can be sent again when the connection breaks.".to_owned()
            }
            Idempotency::Once => {
                "It is not sent again when the connection breaks, since it may have been carried out: look \
                 before you repeat it."
                    .to_owned()
            }
        };
        format!(
            "**Connectivity**: check the base URL, the network and the state of the service. {again}"
        )
    }
}

/// Whether a document declares a status for an action, by itself or in a range.
fn declares(action: &Action, status: u16) -> bool {
    action
        .outcome
        .responses
        .iter()
        .any(|response| match response.status {
            Status::Code(code) => code == status,
            Status::Range(digit) => is_error(response.status) && u16::from(digit) == status / 100,
            Status::Default => false,
        })
}

/// Labels, which are Markdown already, as a list in a sentence; `None` where there are none.
fn strong(labels: &[String]) -> Option<String> {
    let shown: Vec<String> = labels.iter().take(MOST_LABELS).cloned().collect();
    let more = labels.len().saturating_sub(MOST_LABELS);
    if shown.is_empty() {
        return None;
    }
    let strong: Vec<String> = shown.iter().map(|label| format!("**{label}**")).collect();
    let text = match strong.as_slice() {
        [only] => only.clone(),
        [first @ .., last] if more == 0 => format!("{} and {last}", first.join(", ")),
        all => format!("{} and {more} more", all.join(", ")),
    };
    Some(text)
}
