//! What the gateway between the page and this API counts, read from its metrics.

use std::io;

use serde::Serialize;

use crate::local::{self, Local};

/// A gateway that stands between the page and this API.
#[derive(Debug, Clone)]
pub struct Gateway {
    members: String,
    admin: Local,
}

/// The numbers that the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reading {
    /// Requests of members' pages since the gateway started.
    members: u64,
    /// Requests to Nexudus since the gateway started.
    nexudus: u64,
    /// Streams that are open now.
    streams: u64,
}

impl Gateway {
    /// `members` is the address that members' pages ask, `admin` that of the metrics, which has to be on this machine.
    ///
    /// # Errors
    ///
    /// Says in words what `admin` should be.
    pub fn new(members: String, admin: &str) -> Result<Self, String> {
        let admin = Local::parse(admin).ok_or_else(|| format!("{admin:?} is not like http://127.0.0.1:8767"))?;
        Ok(Self { members, admin: admin.at("/metrics") })
    }

    /// The address that members' pages ask.
    pub(crate) fn members(&self) -> &str {
        &self.members
    }

    /// What the gateway counts now.
    pub(crate) async fn read(&self) -> io::Result<Reading> {
        let answer = local::exchange(&self.admin, "GET", &[], "").await?;
        Ok(Reading::of(&answer.body))
    }
}

impl Reading {
    fn of(metrics: &str) -> Self {
        Self {
            members: sum(metrics, "gateway_requests_total"),
            nexudus: sum(metrics, "gateway_nexudus_requests_total"),
            streams: sum(metrics, "gateway_streams_open"),
        }
    }
}

/// The sum of all series of a metric, in Prometheus' text format.
fn sum(metrics: &str, name: &str) -> u64 {
    let values = metrics.lines().filter_map(|line| {
        let rest = line.strip_prefix(name)?;
        let value = if rest.starts_with('{') { rest.split_once('}')?.1 } else { rest };
        value.starts_with(' ').then(|| value.trim().parse::<f64>().ok())?
    });
    values.sum::<f64>() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_of_a_metric_are_added_up() {
        let metrics = "# TYPE gateway_requests_total counter\n\
            gateway_requests_total{route=\"list\",status=\"200\"} 40\n\
            gateway_requests_total{route=\"put\",status=\"200\"} 2\n\
            gateway_requests_total_created 9\n\
            gateway_nexudus_requests_total 3\ngateway_streams_open 1\n";
        assert_eq!(Reading::of(metrics), Reading { members: 42, nexudus: 3, streams: 1 });
        assert_eq!(Reading::of(""), Reading { members: 0, nexudus: 0, streams: 0 });
    }
}
