//! What it costs to read the API's answer: `cargo bench --bench decode`.

#![allow(missing_docs, clippy::unwrap_used)]

use coworker_notifications::api::decode_list;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};

const RECORDS: [usize; 2] = [25, 1_000];

/// A list as the API answers it, with every field that its reference names.
fn list(count: usize) -> String {
    json!({
        "Records": (1..=count).rev().map(record).collect::<Vec<_>>(),
        "CurrentPage": 1, "CurrentPageSize": count, "CurrentOrderField": "CreatedOn", "CurrentSortDirection": 1,
        "FirstItem": 1, "LastItem": count, "TotalItems": count, "TotalPages": 1,
        "HasNextPage": false, "HasPreviousPage": false,
    })
    .to_string()
}

fn record(id: usize) -> Value {
    let minute = id % 60;
    json!({
        "CoworkerId": 1001,
        "Message": format!("Breakfast for members on Thursday at nine, in the kitchen on the ground floor ({id})"),
        "NotificationType": "community-event",
        "EntityId": id,
        "IsDismissed": false,
        "Id": id,
        "UpdatedOn": format!("2026-01-10T08:{minute:02}:00.000Z"),
        "CreatedOn": format!("2026-01-10T08:{minute:02}:00.000Z"),
        "UniqueId": format!("00000000-0000-4000-8000-{id:012}"),
        "UpdatedBy": "desk@harbourworks.example",
        "IsNew": true,
        "SystemId": null,
        "ToStringText": "CoworkerNotification",
        "LocalizationDetails": null,
        "CustomFields": null,
    })
}

fn decode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode a list");
    for count in RECORDS {
        let body = list(count);
        assert_eq!(decode_list(200, &body).unwrap().notifications.len(), count);
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &body, |bencher, body| {
            bencher.iter(|| decode_list(200, body).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
