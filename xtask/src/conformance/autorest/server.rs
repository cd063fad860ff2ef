//! The suite's server, on loopback.

use crate::workspace::{Failure, unreadable};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The script that serves.
pub(super) const SCRIPT: &str = "node_modules/@microsoft.azure/autorest.testserver/dist/cli/cli.js";
/// The documents.
pub(super) const DOCUMENTS: &str = "node_modules/@microsoft.azure/autorest.testserver/swagger";
/// What the server counts by.
const CATEGORIES: [&str; 4] = ["vanilla", "optional", "azure", "dpg"];
const PATIENCE: Duration = Duration::from_secs(60);

/// The server, which ends when this value is dropped.
pub(super) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts the server and waits until it answers.
    pub(super) fn start(folder: &Path) -> Result<Self, Failure> {
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .map_err(|error| failed(&error))?
            .port();
        let log = folder.join("server.log");
        let file = File::create(&log).map_err(|error| unreadable(&log, &error))?;
        let errors = file.try_clone().map_err(|error| unreadable(&log, &error))?;
        let process = Command::new("node")
            .args([SCRIPT, "run", "--port", &port.to_string()])
            .arg("--coverageDirectory")
            .arg(folder.join("coverage"))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(errors)
            .spawn()
            .map_err(|error| failed(&error))?;
        let mut server = Self { process, port };
        let start = Instant::now();
        while server.get("/report").is_err() {
            let ended = server.process.try_wait().ok().flatten().is_some();
            if ended || start.elapsed() > PATIENCE {
                let log = fs::read_to_string(&log).unwrap_or_default();
                return Err(failed(&format_args!("it did not start:\n{log}")));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    /// Where it listens.
    pub(super) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// How often each scenario was right.
    pub(super) fn counts(&self) -> Result<BTreeMap<String, u64>, Failure> {
        let mut counts = BTreeMap::new();
        for category in CATEGORIES {
            let text = self.get(&format!("/report/{category}"));
            let text = text.map_err(|error| failed(&error))?;
            let report: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
            let pairs = report.as_object().into_iter().flatten();
            let count = |(name, count): (&String, &Value)| Some((name.clone(), count.as_u64()?));
            counts.extend(pairs.filter_map(count));
        }
        Ok(counts)
    }

    /// The body of an answer, of a connection that the server closes.
    fn get(&self, path: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("localhost", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body);
        let body = body.filter(|_| answer.starts_with("HTTP/1.1 200 "));
        let body = body.ok_or_else(|| std::io::Error::other("it is not well"))?;
        Ok(body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn failed(message: &dyn std::fmt::Display) -> Failure {
    Failure::Run {
        program: "autorest.testserver".to_owned(),
        message: message.to_string(),
    }
}
