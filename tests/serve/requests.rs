//! Requests over plain sockets: what is answered, and what is not.

use std::io::{Read as _, Write as _};

use crate::support::{Answer, METRIC, Project, Server};

fn server() -> (Project, Server) {
    let project = Project::new().metric("issues.yml", METRIC).file("secret.txt", "SECRET");
    let server = Server::start(&project);
    (project, server)
}

#[test]
fn pages_and_files_have_their_addresses() {
    let (_project, server) = server();
    for (path, status) in [
        ("/", 200),
        ("/index.html", 200),
        ("/metrics/counts.issues/", 200),
        ("/metrics/counts.issues/index.json", 200),
        ("/metrics/counts.issues", 301),
        ("/nothing", 404),
        ("/~serve/state", 200),
        ("/~serve/other", 404),
    ] {
        assert_eq!(server.get(path).status, status, "{path}");
    }
    let moved = server.get("/metrics/counts.issues?status=active");
    assert_eq!(moved.header("location"), Some("/metrics/counts.issues/?status=active"));
    assert!(server.get("/nothing").body.contains("There is no page at this address"));
}

#[test]
fn head_is_get_without_the_body() {
    let (_project, server) = server();
    for path in ["/", "/nothing", "/build.json"] {
        let (get, head) = (server.get(path), server.ask(&format!("HEAD {path}"), "localhost"));
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-length"), Some(get.body.len().to_string().as_str()), "{path}");
    }
}

#[test]
fn other_methods_are_refused() {
    let (_project, server) = server();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "GETT", "BREW"] {
        let answer = server.ask(&format!("{method} /"), "localhost");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(server.ask("OPTIONS *", "localhost").status, 405);
    assert_eq!(server.ask("CONNECT localhost:80", "localhost").status, 405);
}

#[test]
fn no_address_leads_out_of_the_site() {
    let (_project, server) = server();
    let climbing = [
        "..",
        ".",
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "%2e.",
        "%252e%252e",
        "%25252e%25252e",
        "..%2f..",
        "..%2F..",
        "..%252f..",
        "..\\..",
        "..%5c..",
        "..%5C..",
        "..%255c..",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%c0%2e%c0%2e",
        "%uff0e%uff0e",
        "..;",
        "..%00",
        "%00..",
        "..%0d%0a",
        "....",
        "....%2f%2f",
        "%ef%bc%8e%ef%bc%8e",
        "..%c0%af..",
        "..%c1%9c..",
    ];
    for up in climbing {
        for below in ["", "metrics/", "assets/", "~serve/"] {
            for file in ["secret.txt", "dictionary.toml", "etc/passwd"] {
                for path in [
                    format!("/{below}{up}/{file}"),
                    format!("/{below}{up}/{up}/{up}/{up}/{up}/{up}/{file}"),
                    format!("/{below}{up}{file}"),
                ] {
                    let answer = server.get(&path);
                    // What no address may hold is refused before anyone looks for it.
                    assert!(matches!(answer.status, 404 | 400), "{path}: {}", answer.status);
                    assert!(!answer.body.contains("SECRET") && !answer.body.contains("root:"), "{path}");
                }
            }
        }
    }
    for path in [
        "//etc/passwd",
        "///",
        "//localhost/",
        "/%2fetc/passwd",
        "/%2e",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/%00",
        "/index.html%00",
        "/index.html%00.json",
        "/index.html/",
        "/index.html%20",
        "/INDEX.HTML",
        "/~root/",
        "/metrics//",
        "/metrics/./",
        "/metrics/%2e/",
        "/metrics/../index.html",
        "/metrics%2findex.html",
        "/metrics%5cindex.html",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn bytes_that_are_no_address_are_refused() {
    let (_project, server) = server();
    for target in [
        &b"/\xff\xfe"[..],
        b"/\0",
        b"/a\0b",
        b"/\x01",
        b"../secret.txt",
        b"secret.txt",
        b"/a b",
        b"",
        b"\\..\\x",
    ] {
        let request =
            [b"GET ", target, b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"].concat();
        let answer = server.send(request);
        // Without a first `/` it names a host.
        assert!(matches!(answer.status, 400 | 404 | 421), "{target:?}: {}", answer.status);
        assert!(!answer.body.contains("SECRET"));
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn foreign_hosts_are_refused() {
    let (_project, server) = server();
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "localhost:9", &server.address] {
        assert_eq!(server.ask("GET /", host).status, 200, "{host}");
    }
    for host in [
        "evil.example",
        "localhost.evil.com",
        "127.0.0.1.evil",
        "evil.localhost",
        "localhost.",
        "[::1]",
        "[::1]:4000",
        "0.0.0.0",
        "127.0.0.2",
        "127.1",
        "2130706433",
        "",
        ":80",
        "localhost:evil",
        "localhost@evil.example",
        "evil.example@localhost",
        "localhost, evil.example",
        "localhost/../evil",
    ] {
        for path in ["/", "/build.json", "/~serve/state", "/~serve/reload.js"] {
            let answer = server.ask(&format!("GET {path}"), host);
            assert_eq!(answer.status, 421, "{host} {path}");
            assert!(!answer.body.contains('<') && !answer.body.contains('{'), "{}", answer.body);
        }
    }
}

#[test]
fn no_host_or_two_are_refused() {
    let (_project, server) = server();
    assert_eq!(server.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 421);
    assert_eq!(server.send("GET / HTTP/1.0\r\n\r\n").status, 421);
    for (first, second) in
        [("localhost", "evil.example"), ("evil.example", "localhost"), ("localhost", "localhost")]
    {
        let request =
            format!("GET / HTTP/1.1\r\nHost: {first}\r\nHost: {second}\r\nConnection: close\r\n\r\n");
        assert_eq!(server.send(request).status, 421, "{first}, {second}");
    }
}

#[test]
fn a_whole_address_in_the_request_counts() {
    let (_project, server) = server();
    let status = |target: &str, host: &str| server.ask(&format!("GET {target}"), host).status;
    assert_eq!(status("http://localhost/", "localhost"), 200);
    assert_eq!(status("http://127.0.0.1:4000/index.html", "127.0.0.1"), 200);
    assert_eq!(status("http://localhost/../secret.txt", "localhost"), 404);
    for target in [
        "http://evil.example/",
        "http://localhost.evil.com/",
        "http://localhost@evil.example/",
        "http://evil@localhost/",
    ] {
        assert_eq!(status(target, "localhost"), 421, "{target}");
    }
    assert_eq!(status("http://localhost/", "evil.example"), 421);
}

#[test]
fn every_answer_is_kept_from_pages_elsewhere() {
    let (_project, server) = server();
    for answer in [
        server.get("/"),
        server.get("/nothing"),
        server.get("/build.json"),
        server.get("/metrics/counts.issues"),
        server.get("/~serve/reload.js"),
        server.get("/~serve/state"),
        server.get("/~serve/nothing"),
        server.ask("POST /", "localhost"),
        server.ask("GET /", "evil.example"),
    ] {
        assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

#[test]
fn only_what_is_named_after_its_content_may_be_kept() {
    let (_project, server) = server();
    let page = server.get("/").body;
    let asset = page[page.find("assets/site.").unwrap()..].split('"').next().unwrap();
    let caching = |path: &str| server.get(path).header("cache-control").unwrap().to_owned();
    assert_eq!(caching(&format!("/{asset}")), "public, max-age=31536000, immutable");
    for path in ["/", "/assets/nothing.css", "/lookup/core.json", "/~serve/reload.js", "/~serve/state"] {
        assert_eq!(caching(path), "no-cache", "{path}");
    }
}

#[test]
fn large_heads_are_refused() {
    let (_project, server) = server();
    let long_header = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let many_headers = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(100_000));
    let long_address = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(1 << 20));
    let no_end = "x".repeat(1 << 20);
    for request in [long_header, many_headers, long_address, no_end] {
        // The connection may be reset before the answer has been read.
        let status = server.send(&request).status;
        assert!(matches!(status, 0 | 400 | 414 | 431), "{}: {status}", &request[..40]);
        assert_eq!(server.get("/").status, 200);
    }
}

#[test]
fn bodies_are_not_waited_for() {
    let (_project, server) = server();
    let head = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    assert_eq!(server.send(format!("{head}Content-Length: 1000000000\r\n\r\n")).status, 200);
    assert_eq!(server.send(format!("{head}Transfer-Encoding: chunked\r\n\r\nfff")).status, 200);
}

#[test]
fn slow_clients_keep_nobody_waiting_and_are_cut_off() {
    let (_project, server) = server();
    let mut slow: Vec<_> = (0..50).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    }
    let mut silent = server.connect();
    // Asks for much, and reads nothing of it.
    let mut deaf = server.connect();
    deaf.write_all("GET /export/dictionary.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500).as_bytes())
        .unwrap();
    assert_eq!(server.get("/").status, 200);
    for stream in slow {
        assert!(matches!(Answer::read(stream).status, 0 | 408));
    }
    assert_eq!(silent.read(&mut [0; 1]).unwrap(), 0);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn connections_beyond_the_bound_wait_for_their_turn() {
    let (_project, server) = server();
    let idle: Vec<_> = (0..300).map(|_| server.connect()).collect();
    // The idle ones are closed after a while, which makes room.
    assert_eq!(server.get("/").status, 200);
    drop(idle);
    assert_eq!(server.get("/").status, 200);
}
