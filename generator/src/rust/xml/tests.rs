use crate::config::{ApiConfig, Output};
use crate::load::MemorySources;
use crate::names::Lock;
use crate::{Rendering, Shape, compile, render};

/// In Swagger all bodies have the media types of one list, and each is an element of its own.
const PETS: &str = "\
swagger: '2.0'
info: {title: t, version: '1'}
produces: [application/xml]
paths:
  /cats: {get: {tags: [cats], responses: {200: {description: x, schema: {$ref: '#/definitions/Cat'}}}}}
  /dogs: {get: {tags: [dogs], responses: {200: {description: x, schema: {$ref: '#/definitions/Dog'}}}}}
definitions:
  Cat: {type: object, properties: {purr: {type: string}}}
  Dog: {type: object, properties: {bark: {type: string}}}
";

#[test]
fn bodies_with_one_list_of_media_types_have_roots_of_their_own() {
    let config = ApiConfig::for_name("pets");
    let sources = MemorySources::new("api.yaml", PETS);
    let compiled = compile("api.yaml", &sources, &config, &mut |_| {});
    let rendering = Rendering {
        api: &compiled.api.unwrap(),
        config: &config,
        outputs: &[Output::Rust],
        shape: Shape::Module,
        cases: None,
    };
    let rendered = render(rendering, &mut Lock::new(), &mut |_| {});
    for (resource, own, other) in [("cats", "CAT", "DOG"), ("dogs", "DOG", "CAT")] {
        let mut files = rendered.plan.files();
        let name = format!("resources/{resource}.rs");
        let (_, text) = files.find(|(path, _)| path.ends_with(&name)).unwrap();
        assert!(text.contains(&format!("{own}_ROOT")), "{text}");
        assert!(!text.contains(&format!("{other}_ROOT")), "{text}");
    }
}
