//! Lists that are read from their end to their beginning.

use specwright_runtime as rt;

use crate::people::{ErrorBody, call};
use crate::server::Server;

const LIST: rt::Operation = rt::Operation::get("l", "/l").opens(&["items"]).pages(
    rt::Paging::cursor("after", &["page", "end"])
        .back("before", &["page", "start"])
        .more(&["page", "more"]),
);

fn page(ids: &[i64], start: &str) -> String {
    // There is nothing after the last page, from which the way back begins.
    format!(r#"{{"items":{ids:?},"page":{{"start":{start},"end":"e","more":false}}}}"#)
}

/// What is given by a list that the server answers with these pages, and what was asked for.
async fn all<const N: usize>(
    pages: &[String; N],
    begin: impl FnOnce(Call) -> Call,
) -> (Vec<i64>, Vec<String>) {
    let server = Server::new(pages.each_ref().map(|page| (200, page.as_str())));
    let mut items = begin(call(&server, &LIST)).stream();
    let mut ids = Vec::new();
    while let Some(id) = items.try_next().await.unwrap() {
        ids.push(id);
    }
    let asked = server.sent().into_iter();
    let asked = asked.map(|sent| sent.url.replace("https://crm.example/rest/l", ""));
    (ids, asked.collect())
}

type Call = rt::Call<rt::Page<i64>, ErrorBody>;

#[tokio::test]
async fn a_list_begun_at_its_end_goes_on_to_its_beginning() {
    let pages = [
        page(&[5, 6], "\"c5\""),
        page(&[3, 4], "\"c3\""),
        page(&[], "null"),
    ];
    let (ids, asked) = all(&pages, |call| call.query("before", "c7")).await;
    assert_eq!(ids, [5, 6, 3, 4]);
    assert_eq!(asked, ["?before=c7", "?before=c5", "?before=c3"]);
}

#[tokio::test]
async fn a_page_without_a_cursor_is_the_last() {
    let pages = [page(&[1, 2], "null")];
    let (ids, asked) = all(&pages, |call| call.query("before", "c3")).await;
    assert_eq!((ids, asked.len()), (vec![1, 2], 1));
}

#[tokio::test]
async fn who_sets_nothing_reads_forwards() {
    let none = |call: Call| call.query("before", &None::<&str>);
    let (ids, asked) = all(&[page(&[1], "\"c1\"")], none).await;
    assert_eq!((ids, asked), (vec![1], vec![String::new()]));
}
