//! What hosts are told to send along with pages.

use crate::support::{METRIC, Project, Server, repository};

#[test]
fn hosts_and_server_send_one_policy() {
    let server = Server::start(&Project::new().metric("issues.yml", METRIC));
    let answer = server.get("/");
    let policy = answer.header("content-security-policy").unwrap();
    assert!(!policy.contains("unsafe"), "{policy}");
    let netlify: toml::Table =
        std::fs::read_to_string(repository().join("netlify.toml")).unwrap().parse().unwrap();
    let headers = netlify["headers"].as_array().unwrap();
    let everywhere = headers.iter().find(|entry| entry["for"].as_str() == Some("/*")).unwrap();
    assert_eq!(everywhere["values"]["Content-Security-Policy"].as_str().unwrap(), policy);
}
