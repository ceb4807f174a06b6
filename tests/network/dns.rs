//! Host names: settings in `/etc/resolv.conf`, and the behavior of real name servers.

use crate::{
    client::{HOST, assert_reached, assert_says, provider_of},
    namespace::{MACHINE, OF_OTHERS, alone, write},
    support::{
        name_server::{Answers, NameServer},
        sandbox::Sandbox,
    },
};

const FIRST: [u8; 4] = [127, 0, 0, 2];
const SECOND: [u8; 4] = [127, 0, 0, 3];
const BOTH: &str = "nameserver 127.0.0.2\nnameserver 127.0.0.3\n";

/// The result of a request to the API by its name.
async fn read(resolv_conf: &str) -> String {
    write("resolv.conf", resolv_conf);
    let sandbox = Sandbox::start_with(&["--tls"]);
    let start = provider_of(&sandbox, HOST).with("max_retries", 0);
    start.read().await
}

fn questions(name: &str) -> Vec<String> {
    vec![format!("A {name}"), format!("AAAA {name}")]
}

fn sorted(mut asked: Vec<String>) -> Vec<String> {
    asked.sort();
    asked.dedup();
    asked
}

#[test]
fn dropped_questions_for_ipv6_cost_time_but_not_the_connection() {
    alone(
        "dns::dropped_questions_for_ipv6_cost_time_but_not_the_connection",
        || async {
            let server = NameServer::start(FIRST, Answers::OnlyIpv4(HOST));
            assert_reached(&read("nameserver 127.0.0.2").await);
            assert_eq!(sorted(server.asked()), questions(HOST));
        },
    );
}

#[test]
fn after_a_server_that_is_silent_the_next_one_is_asked() {
    alone(
        "dns::after_a_server_that_is_silent_the_next_one_is_asked",
        || async {
            let first = NameServer::start(FIRST, Answers::Nothing);
            let second = NameServer::start(SECOND, Answers::Name(HOST));
            assert_reached(&read(&format!("{BOTH}options timeout:1")).await);
            assert_eq!(sorted(first.asked()), questions(HOST));
            assert_eq!(sorted(second.asked()), questions(HOST));
        },
    );
}

/// Resolving takes longer here than the time limit for connecting, a third of `request_timeout`.
#[test]
fn the_time_to_resolve_is_not_taken_from_the_time_to_connect() {
    alone(
        "dns::the_time_to_resolve_is_not_taken_from_the_time_to_connect",
        || async {
            let _silent = NameServer::start(FIRST, Answers::Nothing);
            let _second = NameServer::start(SECOND, Answers::Name(HOST));
            write("resolv.conf", &format!("{BOTH}options timeout:2"));
            let sandbox = Sandbox::start_with(&["--tls"]);
            let start = provider_of(&sandbox, HOST).with("request_timeout", "5s");
            start.reaches_the_api().await;
        },
    );
}

/// The server's host refuses at once. Waiting would exceed the time limit for resolving a name.
#[test]
fn a_server_that_is_not_there_costs_no_time() {
    alone("dns::a_server_that_is_not_there_costs_no_time", || async {
        let second = NameServer::start(SECOND, Answers::Name(HOST));
        assert_reached(&read(&format!("{BOTH}options timeout:30")).await);
        assert_eq!(sorted(second.asked()), questions(HOST));
    });
}

#[test]
fn after_a_server_that_fails_the_next_server_is_asked() {
    alone(
        "dns::after_a_server_that_fails_the_next_server_is_asked",
        || async {
            let _first = NameServer::start(FIRST, Answers::Failure);
            let _second = NameServer::start(SECOND, Answers::Name(HOST));
            assert_reached(&read(BOTH).await);
        },
    );
}

#[test]
fn without_a_server_this_machine_is_asked_and_nobody_else() {
    alone(
        "dns::without_a_server_this_machine_is_asked_and_nobody_else",
        || async {
            let others = OF_OTHERS.map(|address| {
                let address: std::net::IpAddr = address.parse().unwrap();
                NameServer::start(address, Answers::Name(HOST))
            });
            let this = NameServer::start([127, 0, 0, 1], Answers::Name(HOST));
            for resolv_conf in ["", "# nothing\n", "search .\n", "nameserver dns.example\n"] {
                assert_reached(&read(resolv_conf).await);
            }
            std::fs::remove_file("/etc/resolv.conf").unwrap();
            let sandbox = Sandbox::start_with(&["--tls"]);
            provider_of(&sandbox, HOST).reaches_the_api().await;
            assert_eq!(sorted(this.asked()), questions(HOST));
            for other in others {
                assert!(other.asked().is_empty(), "{:?}", other.asked());
            }
        },
    );
}

#[test]
fn a_bad_search_entry_is_left_out() {
    alone("dns::a_bad_search_entry_is_left_out", || async {
        let server = NameServer::start(FIRST, Answers::Name(HOST));
        let resolv_conf = "nameserver 127.0.0.2\nsearch a..b onomondo.test\noptions ndots:3\n";
        assert_reached(&read(resolv_conf).await);
        let mut expected = questions(HOST);
        expected.extend(questions(&format!("{HOST}.onomondo.test")));
        assert_eq!(sorted(server.asked()), sorted(expected));
    });
}

/// As resolver(5) describes for a file without `search`.
#[test]
fn the_domain_of_the_machine_is_searched_unless_the_file_says_otherwise() {
    alone(
        "dns::the_domain_of_the_machine_is_searched_unless_the_file_says_otherwise",
        || async {
            assert_eq!(MACHINE, "box.onomondo.test");
            let server = NameServer::start(FIRST, Answers::Name(HOST));
            write("resolv.conf", "nameserver 127.0.0.2\n");
            let sandbox = Sandbox::start_with(&["--tls"]);
            let start = || provider_of(&sandbox, "api").with("max_retries", 0);
            // The name was found. The certificate is for the full name only.
            assert_says(&start().read().await, &["TLS failed"]);
            assert_eq!(sorted(server.asked()), questions(HOST));
            let none = start().set("LOCALDOMAIN", "").read().await;
            assert_says(&none, &["`api` could not be resolved"]);
        },
    );
}

#[test]
fn the_hosts_file_comes_first() {
    alone("dns::the_hosts_file_comes_first", || async {
        let server = NameServer::start(FIRST, Answers::Failure);
        write(
            "hosts",
            &format!("127.0.0.1 elsewhere.test {HOST} # this\n"),
        );
        assert_reached(&read("nameserver 127.0.0.2").await);
        assert!(server.asked().is_empty());
    });
}

#[test]
fn the_error_names_the_host_that_could_not_be_resolved() {
    alone(
        "dns::the_error_names_the_host_that_could_not_be_resolved",
        || async {
            let _first = NameServer::start(FIRST, Answers::Name("other.test"));
            let _second = NameServer::start(SECOND, Answers::Nothing);
            let name = format!("`{HOST}` could not be resolved");
            let said = read("nameserver 127.0.0.2").await;
            assert_says(&said, &[&name, "there is no host with this name"]);
            let said = read("nameserver 127.0.0.3\noptions timeout:1 attempts:1").await;
            assert_says(
                &said,
                &[&name, "no name server answered (asked: `127.0.0.3`)"],
            );
        },
    );
}
