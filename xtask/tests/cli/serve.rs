//! A stand-in as a process.

use super::*;

/// Ctrl-C is how a stand-in ends, so it must not look like a failure.
#[cfg(unix)]
#[test]
fn a_stand_in_says_where_it_is_answers_and_ends_with_0_on_an_interrupt() {
    use std::io::{BufRead, BufReader, Read, Write};
    let dir = folder(SPEC);
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["serve", "--spec", "pets.yaml", "--records", "2"])
        .current_dir(dir.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines.next().unwrap().unwrap();
    assert_eq!(lines.next().unwrap().unwrap(), format!("curl '{url}/pets'"));
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = "GET /pets HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.contains(r#"[{"born":"2026-01-01","name":"name 1"},"#),
        "{answer}"
    );
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    let output = child.wait_with_output().unwrap();
    status(&output, 0);
    assert_eq!(
        stderr(&output),
        "1 list is not paged, for want of a known way to go on: GET /pets\nGET /pets 200\n"
    );
}
