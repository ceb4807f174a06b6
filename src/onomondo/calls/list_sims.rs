//! `GET /sims`: all pages of the SIMs that the API key can see.

use std::sync::Arc;

use serde_json::Value;

use super::whole_list::{LIST_LIMIT, Listed};
use crate::onomondo::{
    BodyProblem, Client, Error, Operation, Sim, SimFilter, Sims,
    account::listing::{Fetched, ListFailure, Since},
    transport::request::Request,
    wire::{
        page::{self, More},
        sim,
    },
};

/// The maximum number of SIMs to name.
const NAMED: usize = 10;

/// The SIMs that are mapped to a connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedSims {
    /// The IDs of the first ten.
    pub first: Vec<String>,
    /// The number of SIMs, if the answer shows it.
    pub total: Option<u64>,
}

impl Client {
    /// The SIMs that match a filter, including the last mapping of this process. One listing serves
    /// all callers that ask for the same at about the same time.
    pub async fn sims(
        &self,
        operation: &Operation,
        filter: &SimFilter,
    ) -> Result<Arc<Sims>, ListFailure> {
        self.list_sims(operation, filter, Since::LastWrite).await
    }

    /// Like `sims`, but from a listing that starts now, even after an interrupt. It shows the
    /// effect of a request whose response was lost.
    pub async fn sims_anew(
        &self,
        operation: &Operation,
        filter: &SimFilter,
    ) -> Result<Arc<Sims>, ListFailure> {
        let operation = operation.finishing();
        self.list_sims(&operation, filter, Since::Now).await
    }

    /// The SIMs mapped to a connector, so that a message can name some of them.
    pub async fn mapped_sims(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<MappedSims, Error> {
        let answer = self
            .send(operation, &first_page(&SimFilter::of_connector(name)))
            .await?;
        read(&answer.json()?).map_err(|problem| answer.unexpected(problem))
    }

    async fn list_sims(
        &self,
        operation: &Operation,
        filter: &SimFilter,
        since: Since,
    ) -> Fetched<Sims> {
        let list = |operation| {
            let (client, filter) = (self.clone(), filter.clone());
            async move { client.all_sims(&operation, &filter).await }
        };
        self.account().sims(operation, filter, since, list).await
    }

    /// Changes during the listing move SIMs between pages. A SIM that is missed is just mapped once
    /// more, so this does not fail while others map SIMs to the same connector.
    async fn all_sims(&self, operation: &Operation, filter: &SimFilter) -> Result<Sims, Error> {
        let listed = Listed {
            member: "sims",
            read: sim::sim,
            key: |sim: &Sim| Some(sim.id.as_str()),
        };
        let list = self
            .whole_list(operation, first_page(filter), listed)
            .await?;
        if list.is_cut_off {
            return Err(Error::SimsCutOff {
                count: list.entries.len(),
            });
        }
        let sims = list.entries.into_iter().filter(|sim| filter.matches(sim));
        Ok(Sims::new(sims.collect()))
    }
}

fn first_page(filter: &SimFilter) -> Request<'static> {
    let terms = filter.terms();
    let name = if terms.len() > 1 {
        "filter[]"
    } else {
        "filter"
    };
    let mut request = Request::get(&["sims"]).query("limit", LIST_LIMIT.to_string());
    for term in terms {
        request = request.another(name, term);
    }
    request
}

/// Reads the first page.
pub(in crate::onomondo) fn read(body: &Value) -> Result<MappedSims, BodyProblem> {
    let page = page::read(body, "sims")?;
    let sims = page.entries.iter().enumerate();
    let ids =
        sims.filter_map(|(index, entry)| Some(sim::sim(entry, &format!("[{index}]")).ok()?.id));
    let is_last = page.more == More::No;
    Ok(MappedSims {
        first: ids.take(NAMED).collect(),
        total: page.total.or(is_last.then_some(page.entries.len() as u64)),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::onomondo::test_server::{Reply, Server, operation};

    const FIRST: &str = "GET /sims?limit=1000&filter=connector%3Afleet";

    fn entry(number: usize) -> Value {
        json!({ "id": format!("{number:09}"), "iccid": null, "connector": "fleet" })
    }

    fn page(numbers: std::ops::Range<usize>, rest: &Value) -> Reply {
        let mut body = json!({ "sims": numbers.map(entry).collect::<Vec<_>>() });
        for (member, value) in rest.as_object().unwrap() {
            body[member] = value.clone();
        }
        Reply::json(200, &body.to_string())
    }

    async fn fleet(server: &Server) -> Result<Vec<String>, Error> {
        let filter = SimFilter::of_connector("fleet");
        let sims = server.client().sims(&operation(), &filter).await?;
        Ok(sims.iter().map(|sim| sim.id.clone()).collect())
    }

    #[tokio::test]
    async fn all_pages_are_read_in_either_form() {
        let more = json!({ "pagination": { "has_more": true, "next_page": "abc=" } });
        let last = json!({ "pagination": { "has_more": false, "next_page": null } });
        let (of_five, offset) = (json!({ "total": 5, "limit": 2 }), "offset=2");
        for (first, second_path, second) in [
            (more, "next_page=abc%3D", last),
            (of_five.clone(), offset, of_five),
        ] {
            let second_path = format!("{FIRST}&{second_path}").leak();
            let server = Server::start([
                (FIRST, page(0..2, &first)),
                // One SIM moved from the first page to the second during the listing.
                (second_path, page(1..4, &second)),
            ])
            .await;
            let ids = ["000000000", "000000001", "000000002", "000000003"];
            assert_eq!(fleet(&server).await.unwrap(), ids);
            server.all_came();
        }
    }

    /// If a partial list counted as complete, thousands of SIMs would be mapped again.
    #[tokio::test]
    async fn a_cut_off_list_is_an_error() {
        let second = format!("{FIRST}&offset=2").leak();
        let total = json!({ "total": 3 });
        let server =
            Server::start([(FIRST, page(0..2, &total)), (second, page(0..2, &total))]).await;
        let error = fleet(&server).await.unwrap_err();
        assert!(matches!(error, Error::SimsCutOff { count: 2 }), "{error:?}");
    }

    #[tokio::test]
    async fn sims_outside_the_filter_are_omitted_even_if_listed() {
        let other = json!({ "sims": [entry(1), { "id": "000000002", "connector": null }] });
        let server = Server::start([(FIRST, Reply::json(200, &other.to_string()))]).await;
        assert_eq!(fleet(&server).await.unwrap(), ["000000001"]);
    }

    #[tokio::test]
    async fn several_filters_go_as_a_list() {
        let path = "GET /sims?limit=1000&filter%5B%5D=activated%3Atrue&filter%5B%5D=online%3Afalse";
        let server = Server::start([(path, page(0..0, &json!({})))]).await;
        let filter = SimFilter {
            activated: Some(true),
            online: Some(false),
            ..SimFilter::default()
        };
        let client = server.client();
        assert!(client.sims(&operation(), &filter).await.unwrap().is_empty());
        // Another caller that asks for the same a moment later gets the same answer.
        assert!(client.sims(&operation(), &filter).await.unwrap().is_empty());
        server.all_came();
    }

    #[tokio::test]
    async fn the_first_ten_are_named_and_all_counted() {
        for (reply, total) in [
            (page(1..13, &json!({ "total": 31 })), Some(31)),
            (
                page(1..13, &json!({ "pagination": { "has_more": false } })),
                Some(12),
            ),
            (
                page(
                    1..13,
                    &json!({ "pagination": { "has_more": true, "next_page": "a" } }),
                ),
                None,
            ),
        ] {
            let server = Server::start([(FIRST, reply)]).await;
            let mapped = server
                .client()
                .mapped_sims(&operation(), "fleet")
                .await
                .unwrap();
            assert_eq!((mapped.first.len(), mapped.total), (10, total));
        }
    }
}
