//! `GET /sims?filter=connector:NAME`: which SIMs keep a connector from being deleted.

use serde_json::Value;

use crate::onomondo::{
    BodyProblem, Client, Error, Operation,
    transport::request::Request,
    wire::page::{self, More},
};

/// How many SIMs are named.
const NAMED: usize = 10;

/// The SIMs that are mapped to a connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedSims {
    /// The IDs of the first ten.
    pub first: Vec<String>,
    /// How many there are, where the answer tells.
    pub total: Option<u64>,
}

impl Client {
    /// The SIMs that are mapped to a connector, to name some of them to a user.
    pub async fn mapped_sims(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<MappedSims, Error> {
        let request = Request::get(&["sims"]).query("filter", format!("connector:{name}"));
        let answer = self.send(operation, &request).await?;
        read(&answer.json()?).map_err(|problem| answer.unexpected(problem))
    }
}

/// Reads the first page.
pub(in crate::onomondo) fn read(body: &Value) -> Result<MappedSims, BodyProblem> {
    let page = page::read(body, "sims")?;
    let ids = page.entries.iter().filter_map(|sim| match sim.get("id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
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

    #[test]
    fn both_forms_of_the_answer_are_read() {
        let sim = json!({ "id": "000002418", "connector": "fleet" });
        for (body, first, total) in [
            (
                json!({ "count": 1, "limit": 20, "total": 31, "sims": [sim] }),
                1,
                Some(31),
            ),
            (
                json!({ "sims": [sim, sim], "pagination": { "has_more": false, "next_page": null } }),
                2,
                Some(2),
            ),
            (
                json!({ "sims": [sim], "pagination": { "has_more": true } }),
                1,
                None,
            ),
            (
                json!({ "sims": vec![sim.clone(); 12], "total": 12 }),
                10,
                Some(12),
            ),
            (json!({ "sims": [{ "iccid": "8945" }] }), 0, None),
        ] {
            let mapped = read(&body).unwrap();
            assert_eq!((mapped.first.len(), mapped.total), (first, total), "{body}");
        }
        assert!(read(&json!({ "sim": sim })).is_err());
    }

    #[tokio::test]
    async fn the_filter_names_the_connector() {
        let path = "GET /sims?filter=connector%3Afleet";
        let server = Server::start([(path, Reply::json(200, r#"{"sims":[],"total":0}"#))]).await;
        let mapped = server
            .client()
            .mapped_sims(&operation(), "fleet")
            .await
            .unwrap();
        assert_eq!(
            mapped,
            MappedSims {
                first: Vec::new(),
                total: Some(0)
            }
        );
    }
}
