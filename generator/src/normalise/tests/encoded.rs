//! Parts of a multipart body whose text is encoded.

use super::read_clean;
use crate::ir::{Encoding, Media, Part};

/// OpenAPI 3.1.1, section 4.8.15: the default of `contentType`.
#[test]
fn an_encoded_text_in_a_multipart_body_is_labelled_as_what_it_is() {
    let api = read_clean(
        "paths:
  /a:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              allOf: [{$ref: '#/components/schemas/Form'}]
              properties:
                image: {type: string, contentEncoding: base64, contentMediaType: image/png}
                said: {type: string, contentEncoding: base64}
                styled: {type: string, contentEncoding: base64}
                headed: {type: string, contentEncoding: base64url}
                json: {type: string, contentEncoding: base64, contentMediaType: application/json}
                text: {type: string}
                byte: {type: string, format: byte}
            encoding:
              said: {contentType: image/gif}
              styled: {style: form}
              headed: {headers: {X-H: {schema: {type: string}}}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Form'}}
      responses: {}
components:
  schemas:
    Form: {type: object, properties: {many: {type: array, items: {$ref: '#/components/schemas/Text'}}}}
    Text: {type: string, contentEncoding: base64}",
    );
    let media = &api.actions[0].body.as_ref().unwrap().media;
    let labels = |media: &Media| -> Vec<(String, Option<String>, bool)> {
        let (Encoding::Multipart(parts) | Encoding::Form(parts)) = &media.encoding else {
            panic!("{:?}", media.encoding)
        };
        let label = |it: &Part| (it.name.clone(), it.content_type.clone(), it.is_encoded);
        let mut labels: Vec<_> = parts.iter().map(label).collect();
        labels.sort();
        labels
    };
    let label = |name: &str, content_type: &str| {
        let is_encoded = name != "said";
        (name.to_owned(), Some(content_type.to_owned()), is_encoded)
    };
    let bytes = "application/octet-stream";
    for media in media {
        let expected = match media.media_type.as_str() {
            "multipart/form-data" => vec![
                label("headed", bytes),
                label("image", "image/png"),
                label("json", bytes),
                label("many", bytes),
                label("said", "image/gif"),
                ("styled".to_owned(), None, false),
            ],
            _ => Vec::new(),
        };
        assert_eq!(labels(media), expected, "{}", media.media_type);
    }
    assert_eq!(media.len(), 2);
}
