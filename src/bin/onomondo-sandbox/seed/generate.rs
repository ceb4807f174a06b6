//! Generates a large account: `--generate connectors=1000,tags=40,sims=5000`.
//!
//! The same amounts make the same account, so that runs of a benchmark are comparable. Names look
//! like those that people choose. The account has connectors of every type, secrets, tags,
//! passthrough and SIMs.

use std::str::FromStr;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::account::{Account, Connector, Tag};

/// The maximum number of objects of each kind: enough to find slow code, but not so many that a
/// typo takes hours.
const MOST: usize = 100_000;

const PURPOSES: [&str; 7] = [
    "meter-readings",
    "asset-tracking",
    "cold-chain",
    "charger-events",
    "elevator-alarms",
    "vending-sales",
    "soil-moisture",
];
const REGIONS: [&str; 5] = ["eu-north", "eu-west", "us-east", "us-west", "apac"];
const CUSTOMERS: [&str; 6] = ["Aalborg", "Bergen", "Cork", "Denver", "Esbjerg", "Fukuoka"];
const COLORS: [&str; 4] = ["#5ba571", "#441212", "#5b8fa5", "#a58f5b"];

/// How many of each kind to add to the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amounts {
    connectors: usize,
    tags: usize,
    sims: usize,
}

impl FromStr for Amounts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut amounts = Self::default();
        for part in text.split(',') {
            let (what, number) = part.split_once('=').unwrap_or((part, ""));
            let amount = match what {
                "connectors" => &mut amounts.connectors,
                "tags" => &mut amounts.tags,
                "sims" => &mut amounts.sims,
                _ => {
                    let expected = "such as `connectors=1000,tags=40,sims=5000`";
                    return Err(format!("`{what}` cannot be generated: expected {expected}"));
                }
            };
            *amount = number
                .parse()
                .ok()
                .filter(|number| *number <= MOST)
                .ok_or_else(|| format!("`{what}` needs a whole number up to {MOST}"))?;
        }
        Ok(amounts)
    }
}

impl Amounts {
    /// Adds them to the account.
    pub(crate) fn add_to(self, account: &mut Account) {
        account.tags.extend((0..self.tags).map(tag));
        let taken: Vec<String> = account
            .connectors
            .iter()
            .map(|it| it.name.clone())
            .collect();
        let free = (0..).filter(|number| !taken.contains(&name(*number)));
        for number in free.take(self.connectors) {
            let tags = tags_of(number, &account.tags);
            let mut connector = connector(number, tags);
            connector.take_secrets(&mut account.stamps);
            account.connectors.push(connector);
        }
        let names: Vec<String> = account
            .connectors
            .iter()
            .map(|it| it.name.clone())
            .collect();
        let tags = account.tags.clone();
        account.add_sims(self.sims, |index, sim| {
            // One SIM in ten is not mapped.
            if index % 10 != 9 && !names.is_empty() {
                let mapped = index - index / 10;
                sim.connector = Some(names[mapped % names.len()].clone());
            }
            sim.tags = tags_of(index, &tags);
            sim.online = !index.is_multiple_of(4);
        });
    }
}

fn name(number: usize) -> String {
    let (purpose, region) = (cycled(&PURPOSES, number), cycled(&REGIONS, number));
    format!("{purpose}-{region}-{:04}", number + 1)
}

fn tag(number: usize) -> Tag {
    // Multiplying by an odd number spreads the numbers over the whole range without collisions.
    let spread = (number as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    Tag {
        name: format!("{} {}", cycled(&CUSTOMERS, number), number + 1),
        id: uuid::Builder::from_random_bytes(spread.to_be_bytes()).into_uuid(),
        can_write: number.is_multiple_of(2),
        color: Some(cycled(&COLORS, number).to_owned()),
    }
}

/// Zero, one or two tags of the account.
fn tags_of(number: usize, tags: &[Tag]) -> Vec<Uuid> {
    let ids = tags.iter().map(|tag| tag.id).cycle();
    ids.skip(number % tags.len().max(1))
        .take((number % 3).min(tags.len()))
        .collect()
}

fn connector(number: usize, tags: Vec<Uuid>) -> Connector {
    let host = format!("{}.example.com", cycled(&PURPOSES, number));
    let (kind, options) = match number % 4 {
        0 => (
            "https",
            json!({ "host": format!("https://{host}/v1/events"), "shouldReturnBody": false }),
        ),
        1 => (
            "tls",
            json!({
                "host": host, "port": 8883, "server_name": host,
                "ca": "generated CA", "cert": format!("generated certificate {number}"),
                "key": format!("generated key {number}"),
            }),
        ),
        2 => (
            "aws_iot_core",
            json!({
                "region": "eu-west-1", "role": format!("arn:aws:iam::{number:012}:role/onomondo"),
                "publishTopic": "devices/up", "subscribeTopic": "devices/down",
                "defaultProtocol": "udp", "defaultPort": 1883,
            }),
        ),
        _ => (
            "microsoft_azure_iot",
            json!({
                "connectionString": format!(
                    "HostName=hub.azure-devices.net;SharedAccessKeyName=onomondo;SharedAccessKey={number:044}"
                ),
            }),
        ),
    };
    let resolver = json!({ "protocol": "udp", "ip": "1.1.1.1", "port": 53 });
    Connector {
        name: name(number),
        kind: kind.to_owned(),
        passthrough: if number.is_multiple_of(5) {
            vec![resolver]
        } else {
            Vec::new()
        },
        tags,
        options: members(options),
        secrets: [].into(),
        answered: Map::new(),
    }
}

fn members(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn cycled<T: Copy>(values: &[T], index: usize) -> T {
    values[index % values.len()]
}

#[cfg(test)]
mod tests {
    use super::Amounts;

    #[test]
    fn amounts_are_parsed_and_errors_explain_invalid_ones() {
        let read = "tags=2,connectors=10".parse::<Amounts>().unwrap();
        assert_eq!((read.connectors, read.tags, read.sims), (10, 2, 0));
        for (text, words) in [
            ("", "expected such as"),
            ("connector=1", "`connector` cannot be generated"),
            ("connectors", "`connectors` needs a whole number"),
            ("connectors=-1", "`connectors` needs a whole number"),
            ("sims=100001", "up to 100000"),
        ] {
            let said = text.parse::<Amounts>().unwrap_err();
            assert!(said.contains(words), "{said}");
        }
    }
}
