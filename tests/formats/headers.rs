//! What hosts are told to send along with pages.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::support::{METRIC, Project, repository};

/// A server that ends with the value.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(project: &Project) -> Self {
        let mut child =
            project.command(&["-q", "serve", "--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        Self { child, address }
    }

    /// Sends a request line and a host, returns the whole answer.
    fn ask(&self, request: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_server_answers_for_its_own_pages_alone() {
    let project = Project::new().metric("issues.yml", METRIC);
    let server = Server::start(&project);
    let status = |request: &str, host: &str| server.ask(request, host).split(' ').nth(1).unwrap().to_owned();
    assert_eq!(status("GET /", "localhost"), "200");
    assert_eq!(status("GET /metrics/counts.issues/", &server.address), "200");
    assert_eq!(status("GET /metrics/counts.issues", "localhost"), "301");
    assert_eq!(status("HEAD /index.html", "127.0.0.1"), "200");
    assert_eq!(status("GET /nothing", "localhost"), "404");
    assert_eq!(status("GET /../dictionary.toml", "localhost"), "404");
    assert_eq!(status("GET /%2e%2e/%2e%2e/etc/passwd", "localhost"), "404");
    assert_eq!(status("POST /", "localhost"), "405");
    assert_eq!(status("GET /", "evil.example"), "421");
}

#[test]
fn hosts_and_server_send_one_policy() {
    let server = Server::start(&Project::new().metric("issues.yml", METRIC));
    let answer = server.ask("GET /", "localhost");
    let policy = answer.lines().find_map(|line| line.strip_prefix("content-security-policy: ")).unwrap();
    assert!(!policy.contains("unsafe"), "{policy}");
    let netlify: toml::Table =
        std::fs::read_to_string(repository().join("netlify.toml")).unwrap().parse().unwrap();
    let headers = netlify["headers"].as_array().unwrap();
    let everywhere = headers.iter().find(|entry| entry["for"].as_str() == Some("/*")).unwrap();
    assert_eq!(everywhere["values"]["Content-Security-Policy"].as_str().unwrap(), policy);
}
