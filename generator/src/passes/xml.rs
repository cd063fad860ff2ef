//! Which bodies of XML have a type, as those of JSON have: objects and lists whose element has a name.

use super::shapes::{Shape, shape};
use crate::ir::{Api, Encoding, Media};

/// Marks the bodies. What is sent needs a name for its root; what is received has one.
pub(super) fn run(api: &mut Api) {
    let mut actions = std::mem::take(&mut api.actions);
    for action in &mut actions {
        for media in action.body.iter_mut().flat_map(|body| &mut body.media) {
            media.typed_xml = is_typed(api, media) && api.xml_root(&media.schema).is_some();
        }
        let responses = action.outcome.responses.iter_mut();
        for media in responses.flat_map(|response| &mut response.media) {
            media.typed_xml = is_typed(api, media);
        }
    }
    api.actions = actions;
}

/// Whether a body is XML whose schema says what is in it.
fn is_typed(api: &Api, media: &Media) -> bool {
    let is_known = matches!(
        shape(api, &media.schema.ty),
        Shape::Record(..) | Shape::List(_)
    );
    media.encoding == Encoding::Xml && is_known
}

#[cfg(test)]
mod tests {
    use crate::config::ApiConfig;
    use crate::load::MemorySources;

    /// One body with a name for its root, one without, and answers of both kinds and of text.
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /named:
    post:
      requestBody: {content: {text/xml: {schema: {$ref: "#/components/schemas/Note"}}}}
      responses: {"200": {description: x, content: {application/xml: {schema: {type: array, items: {$ref: "#/components/schemas/Note"}}}}}}
  /nameless:
    post:
      requestBody: {content: {application/xml: {schema: {type: object, properties: {a: {type: string}}}}}}
      responses: {"200": {description: x, content: {application/xml: {schema: {type: string}}}}}
  /said:
    post:
      requestBody: {content: {application/soap+xml: {schema: {type: object, properties: {a: {type: string}}, xml: {name: said}}}}}
      responses: {"200": {description: x, content: {application/xml: {}}}}
components: {schemas: {Note: {type: object, properties: {a: {type: string}}}}}
"##;

    #[test]
    fn xml_has_a_type_where_its_schema_says_what_is_in_it() {
        let sources = MemorySources::new("n.yaml", DOCUMENT);
        let config = ApiConfig::for_name("n");
        let api = crate::compile("n.yaml", &sources, &config, &mut |_| {}).api;
        let typed: Vec<(String, bool, bool)> = api
            .unwrap()
            .actions
            .iter()
            .map(|action| {
                let body = action.body.as_ref().unwrap();
                let sent = body.media.iter().any(|media| media.typed_xml);
                let mut received = action.outcome.responses.iter().flat_map(|it| &it.media);
                let received = received.any(|media| media.typed_xml);
                (action.path.clone(), sent, received)
            })
            .collect();
        let expected = [
            ("/named", true, true),
            ("/nameless", false, false),
            ("/said", true, false),
        ];
        assert_eq!(
            typed,
            expected.map(|(path, sent, read)| (path.to_owned(), sent, read))
        );
    }
}
