//! `PATCH /sims/{sim_id}`: maps a SIM to a connector, or to none.

use serde_json::{Value, json};

use crate::onomondo::{
    Client, Error, Exchange, Operation, Sim,
    account::sim_turns::Turn,
    transport::{request::Request, success::Success},
    wire::{decode::unexpected, sim},
};

/// The result of mapping or unmapping a SIM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapping {
    /// Nothing was sent: the SIM already has the requested mapping.
    AsItWas,
    /// The API accepted the change. Holds the SIM if the response describes it.
    Accepted(Option<Sim>),
    /// This process mapped the SIM to this connector for another resource. Nothing was sent, unless
    /// only the response showed that it is the same SIM.
    Claimed(String),
}

impl Client {
    /// Maps the SIM with this ID or ICCID to a connector. `listed` is the SIM if the connector's
    /// listing has it. In that case, nothing is sent unless this process has unmapped the SIM since
    /// then.
    pub async fn map_sim(
        &self,
        operation: &Operation,
        spelling: &str,
        listed: Option<&Sim>,
        connector: &str,
    ) -> Result<Mapping, Error> {
        let mut turn = self.turn_of_sim(operation, spelling, listed).await?;
        match turn.mapped_to() {
            Some(mapped) if mapped == connector => return Ok(Mapping::AsItWas),
            Some(other) => return Ok(Mapping::Claimed(other)),
            None => {}
        }
        let mapping = if listed.is_some() && !turn.was_unmapped() {
            Mapping::AsItWas
        } else {
            let sim = self.patch_sim(operation, spelling, Some(connector)).await?;
            Mapping::Accepted(sim)
        };
        let answered = match &mapping {
            Mapping::Accepted(sim) => sim.as_ref(),
            _ => None,
        };
        if mapping.is_to(Some(connector))
            && let Some(other) = turn.note_mapped(connector, answered)
        {
            return Ok(Mapping::Claimed(other));
        }
        Ok(mapping)
    }

    /// Unmaps a SIM that a listing shows as mapped, unless this process mapped it for another
    /// resource. A SIM that no longer exists counts as unmapped.
    pub async fn unmap_sim(&self, operation: &Operation, sim: &Sim) -> Result<Mapping, Error> {
        let turn = self.turn_of_sim(operation, &sim.id, Some(sim)).await?;
        if let Some(connector) = turn.mapped_to() {
            return Ok(Mapping::Claimed(connector));
        }
        if turn.was_unmapped() {
            return Ok(Mapping::AsItWas);
        }
        let mapping = match self.patch_sim(operation, &sim.id, None).await {
            Ok(sim) => Mapping::Accepted(sim),
            Err(Error::NotFound(_)) => Mapping::AsItWas,
            Err(error) => return Err(error),
        };
        if mapping.is_to(None) {
            turn.note_unmapped();
        }
        Ok(mapping)
    }

    async fn turn_of_sim(
        &self,
        operation: &Operation,
        spelling: &str,
        sim: Option<&Sim>,
    ) -> Result<Turn<'_>, Error> {
        let turn = self.account().sim_turns().take(spelling, sim);
        operation.wait_for(turn).await.map_err(|ended| {
            ended.into_error(Exchange::unsent("PATCH", format!("/sims/{spelling}")), None)
        })
    }

    /// Sends the PATCH and returns the SIM, if the response describes it. This PATCH is idempotent,
    /// so it can be retried after a failure.
    async fn patch_sim(
        &self,
        operation: &Operation,
        spelling: &str,
        connector: Option<&str>,
    ) -> Result<Option<Sim>, Error> {
        let body = json!({ "connector": connector });
        let request = Request::patch(&["sims", spelling], body, Vec::new());
        read(&self.send(operation, &request).await?)
    }
}

impl Mapping {
    /// Whether the SIM is mapped to this connector, or to none, as far as the API shows.
    #[must_use]
    pub fn is_to(&self, connector: Option<&str>) -> bool {
        match self {
            Self::AsItWas | Self::Accepted(None) => true,
            Self::Accepted(Some(sim)) => sim.connector.as_deref() == connector,
            Self::Claimed(other) => connector == Some(other),
        }
    }
}

/// Reads a successful response. A body that is not an object is an error: it did not come from the
/// API, so nothing was changed.
fn read(answer: &Success) -> Result<Option<Sim>, Error> {
    if answer.is_empty() {
        return Ok(None);
    }
    match answer.json()? {
        Value::Null => Ok(None),
        body @ Value::Object(_) => Ok(sim::sim(&body, "the SIM").ok()),
        other => Err(answer.unexpected(unexpected("the body", "a SIM", &other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::{Reply, Server, operation, sim};

    const PATCH: &str = "PATCH /sims/000000001";

    fn answer(connector: Option<&str>) -> Reply {
        let body =
            json!({ "id": "000000001", "iccid": "8945730000000000001", "connector": connector });
        Reply::json(200, &body.to_string())
    }

    #[tokio::test]
    async fn a_sim_is_mapped_and_unmapped_with_one_member() {
        let server = Server::start([(PATCH, answer(Some("fleet")))]).await;
        let client = server.client();
        let mapping = client
            .map_sim(&operation(), "000000001", None, "fleet")
            .await
            .unwrap();
        assert_eq!(mapping, Mapping::Accepted(Some(sim(1, Some("fleet")))));
        assert!(mapping.is_to(Some("fleet")));
        assert_eq!(server.bodies(), [r#"{"connector":"fleet"}"#]);

        let server = Server::start([(PATCH, answer(None))]).await;
        let unmapped = server
            .client()
            .unmap_sim(&operation(), &sim(1, Some("fleet")))
            .await;
        assert!(unmapped.unwrap().is_to(None));
        assert_eq!(server.bodies(), [r#"{"connector":null}"#]);
    }

    #[tokio::test]
    async fn an_answer_without_the_sim_is_a_success_and_another_one_is_not() {
        for (reply, is_success) in [
            (Reply::json(204, ""), true),
            (Reply::json(200, ""), true),
            (Reply::json(200, "{}"), true),
            (Reply::json(200, r#"{"message":"OK"}"#), true),
            (Reply::json(200, "[]"), false),
            (Reply::html(200, "<html>"), false),
        ] {
            let server = Server::start([(PATCH, reply)]).await;
            let mapping = server
                .client()
                .map_sim(&operation(), "000000001", None, "fleet")
                .await;
            match mapping {
                Ok(mapping) => assert!(is_success && mapping == Mapping::Accepted(None)),
                Err(error) => assert!(!is_success && error.may_have_written(), "{error:?}"),
            }
        }
    }

    #[tokio::test]
    async fn an_api_that_keeps_the_mapping_is_seen() {
        let server = Server::start([(PATCH, answer(Some("other")))]).await;
        let mapping = server
            .client()
            .map_sim(&operation(), "000000001", None, "fleet")
            .await;
        assert!(!mapping.unwrap().is_to(Some("fleet")));
    }

    #[tokio::test]
    async fn a_missing_sim_counts_as_unmapped_unless_a_gateway_says_so() {
        for (reply, is_gone) in [
            (Reply::json(404, r#"{"error":"sim_not_found"}"#), true),
            (Reply::html(404, "default backend"), false),
        ] {
            let server = Server::start([(PATCH, reply)]).await;
            let unmapped = server
                .client()
                .unmap_sim(&operation(), &sim(1, Some("fleet")))
                .await;
            assert_eq!(unmapped.is_ok(), is_gone, "{unmapped:?}");
        }
    }

    /// Two resources in one apply: one releases a SIM and the other maps it, in any order.
    #[tokio::test]
    async fn a_sim_that_changes_resources_ends_up_mapped_in_any_order() {
        let listed = sim(1, Some("fleet"));
        let server = Server::start([(PATCH, answer(Some("fleet")))]).await;
        let client = server.client();
        let map = client
            .map_sim(&operation(), "000000001", Some(&listed), "fleet")
            .await
            .unwrap();
        assert_eq!(map, Mapping::AsItWas);
        let unmap = client.unmap_sim(&operation(), &listed).await.unwrap();
        assert_eq!(unmap, Mapping::Claimed("fleet".into()));

        let server = Server::start([(PATCH, answer(None)), (PATCH, answer(Some("fleet")))]).await;
        let client = server.client();
        client.unmap_sim(&operation(), &listed).await.unwrap();
        let map = client
            .map_sim(&operation(), "000000001", Some(&listed), "fleet")
            .await;
        assert!(matches!(map.unwrap(), Mapping::Accepted(_)));
        server.all_came();
    }

    #[tokio::test]
    async fn two_resources_that_want_a_sim_elsewhere_do_not_take_it_from_each_other() {
        let server = Server::start([(PATCH, answer(Some("fleet")))]).await;
        let client = server.client();
        client
            .map_sim(&operation(), "000000001", None, "fleet")
            .await
            .unwrap();
        let other = client
            .map_sim(&operation(), "000000001", None, "other")
            .await
            .unwrap();
        assert_eq!(other, Mapping::Claimed("fleet".into()));
        server.all_came();
    }

    /// Only the answer shows that both numbers belong to one SIM.
    #[tokio::test]
    async fn a_sim_that_two_resources_want_under_both_numbers_is_noticed() {
        let iccid = "8945730000000000001";
        let by_iccid: &str = format!("PATCH /sims/{iccid}").leak();
        let server = Server::start([
            (PATCH, answer(Some("fleet"))),
            (by_iccid, answer(Some("other"))),
        ])
        .await;
        let client = server.client();
        let map = |spelling, connector| {
            let client = client.clone();
            async move {
                client
                    .map_sim(&operation(), spelling, None, connector)
                    .await
                    .unwrap()
            }
        };
        map("000000001", "fleet").await;
        let other = map(iccid, "other").await;
        assert_eq!(other, Mapping::Claimed("fleet".into()));

        // Both requests are under way before the first answer.
        let server = Server::start([(by_iccid, answer(Some("other")))]).await;
        let client = server.client();
        let turns = client.account().sim_turns();
        let mut first = turns.take("000000001", None).await;
        let mapping = client
            .map_sim(&operation(), iccid, None, "other")
            .await
            .unwrap();
        assert!(mapping.is_to(Some("other")));
        let claimed = first.note_mapped("fleet", Some(&sim(1, Some("fleet"))));
        assert_eq!(claimed.as_deref(), Some("other"));
    }
}
