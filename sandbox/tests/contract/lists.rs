//! The search: filters, ranges, order, pages, envelope.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Client, LIST, column, ids};
use crate::fixtures::assert_same_shape;

const BUSY: &str = "CoworkerNotification_Coworker=1001";

type Fits = fn(&Value) -> bool;

#[tokio::test]
async fn answers_have_the_envelope_of_the_contract() {
    let client = Client::new();
    assert_same_shape(&client.list(BUSY).await, "list.json");
    assert_same_shape(&client.list("CoworkerNotification_Coworker=1002").await, "list-empty.json");

    client.set_faults(json!({"dir": "words"})).await;
    assert_same_shape(&client.list(BUSY).await, "list-word-direction.json");
}

#[tokio::test]
async fn without_parameters_it_is_the_first_25_by_rising_id() {
    let list = Client::crowded().list("").await;
    assert_eq!(ids(&list).len(), 25);
    assert!(ids(&list).is_sorted());
    assert_eq!(list["CurrentPage"], 1);
    assert_eq!(list["CurrentPageSize"], 25);
    assert_eq!(list["CurrentOrderField"], "Id");
    assert_eq!(list["CurrentSortDirection"], 0);
    assert_eq!(list["TotalItems"], 10_075);
}

#[tokio::test]
async fn pages_tile_the_list_and_say_where_they_are() {
    let client = Client::new();
    let all = ids(&client.list(&format!("{BUSY}&size=100")).await);
    let mut tiled = Vec::new();
    for page in 1..=3 {
        let list = client.list(&format!("{BUSY}&size=25&page={page}")).await;
        assert_eq!(list["CurrentPage"], page);
        assert_eq!(list["FirstItem"], (page - 1) * 25 + 1);
        assert_eq!(list["LastItem"], (page * 25).min(60));
        assert_eq!(list["TotalItems"], 60);
        assert_eq!(list["TotalPages"], 3);
        assert_eq!(list["HasNextPage"], page < 3);
        assert_eq!(list["HasPreviousPage"], page > 1);
        tiled.extend(ids(&list));
    }
    assert_eq!(tiled, all);
}

#[tokio::test]
async fn a_page_behind_the_last_is_empty() {
    let client = Client::new();
    for page in ["4", "9223372036854775807"] {
        let list = client.list(&format!("{BUSY}&page={page}")).await;
        assert_eq!(list["Records"], json!([]));
        assert_eq!(list["TotalItems"], 60);
        assert_eq!(list["HasNextPage"], false);
    }
}

#[tokio::test]
async fn senseless_pages_and_sizes_are_the_defaults() {
    let list = Client::new().list(&format!("{BUSY}&page=0&size=-5")).await;
    assert_eq!(list["CurrentPage"], 1);
    assert_eq!(list["CurrentPageSize"], 25);
}

#[tokio::test]
async fn pages_can_be_shorter_than_asked() {
    let client = Client::new();
    client.set_faults(json!({"maxPageSize": 10})).await;
    let list = client.list(&format!("{BUSY}&size=50&page=2")).await;
    assert_eq!(ids(&list).len(), 10);
    assert_eq!(list["CurrentPageSize"], 10);
    assert_eq!(list["TotalPages"], 6);
    assert_eq!(list["FirstItem"], 11);
}

#[tokio::test]
async fn each_filter_lets_through_what_fits_it() {
    let client = Client::new();
    let any = client.list(&format!("{BUSY}&size=100")).await["Records"][7].clone();
    let entity = any["EntityId"].as_i64().expect("a number");
    let cases: [(&str, Fits); 6] = [
        ("CoworkerNotification_Coworker=1004", |r| r["CoworkerId"] == 1004),
        ("CoworkerNotification_NotificationType=salto-locker", |r| r["NotificationType"] == "salto-locker"),
        ("CoworkerNotification_IsDismissed=true", |r| r["IsDismissed"] == true),
        ("CoworkerNotification_IsDismissed=False", |r| r["IsDismissed"] == false),
        ("CoworkerNotification_Message=INVOICE", |r| r["Message"].to_string().to_lowercase().contains("invoice")),
        ("coworkernotification_coworker=1001", |r| r["CoworkerId"] == 1001),
    ];
    for (query, fits) in cases {
        let list = client.list(&format!("{query}&size=20000")).await;
        let records = list["Records"].as_array().expect("Records");
        assert!(!records.is_empty(), "{query}");
        assert!(records.iter().all(fits), "{query}");
    }
    let list = client.list(&format!("CoworkerNotification_EntityId={entity}&size=20000")).await;
    assert!(ids(&list).contains(&any["Id"].as_i64().expect("a number")));
    assert!(column(&list, "EntityId").iter().all(|id| *id == entity));
}

#[tokio::test]
async fn filters_are_joined_by_and() {
    let client = Client::new();
    let count = async |flag| {
        let list = client.list(&format!("{BUSY}&CoworkerNotification_IsDismissed={flag}")).await;
        list["TotalItems"].as_u64().expect("a number")
    };
    assert_eq!(count(true).await + count(false).await, 60);
}

#[tokio::test]
async fn several_are_found_by_id() {
    let client = Client::new();
    let wanted = ids(&client.list("CoworkerNotification_Coworker=1004&size=3").await);
    for list in ["[{}]", "%5B{}%5D", "{}"] {
        let joined = wanted.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let found = client.list(&format!("id={}", list.replace("{}", &joined))).await;
        assert_eq!(ids(&found), wanted);
        assert_same_shape(&found, "list.json");
    }
    assert_eq!(client.list("id=[]").await["TotalItems"], 0);
    assert_eq!(client.list("id=[1,2]").await["TotalItems"], 0);
}

#[tokio::test]
async fn time_ranges_are_precise_to_the_minute_and_hold_their_ends() {
    let client = Client::new();
    for (property, order) in [("CreatedOn", "CreatedOn"), ("UpdatedOn", "UpdatedOn")] {
        let list = client.list(&format!("{BUSY}&orderBy={order}&size=100")).await;
        let times: Vec<String> =
            column(&list, property).iter().map(|t| t.as_str().unwrap_or_default().into()).collect();
        let (from, to) = (&times[10][..16], &times[20][..16]);
        let ranged = client
            .list(&format!(
                "{BUSY}&from_CoworkerNotification_{property}={from}&to_CoworkerNotification_{property}={to}&orderBy={order}&size=100"
            ))
            .await;
        let expected: Vec<_> = times.iter().filter(|time| from <= &time[..16] && &time[..16] <= to).collect();
        assert_eq!(column(&ranged, property), expected.iter().map(|t| json!(t)).collect::<Vec<_>>());
        assert!(expected.len() >= 11);
    }
}

#[tokio::test]
async fn entity_ranges_hold_their_ends() {
    let client = Client::crowded();
    let list =
        client.list("from_CoworkerNotification_EntityId=880&to_CoworkerNotification_EntityId=899&size=20000").await;
    let entities = column(&list, "EntityId");
    assert!(entities.contains(&json!(880)) && entities.contains(&json!(899)));
    assert!(entities.iter().all(|id| (880..900).contains(&id.as_i64().unwrap_or_default())));
}

#[tokio::test]
async fn every_property_can_be_ordered_by_whatever_its_case() {
    let client = Client::new();
    for (asked, name) in [
        ("orderBy=Id", "Id"),
        ("orderBy=message", "Message"),
        ("orderby=NOTIFICATIONTYPE", "NotificationType"),
        ("orderBy=EntityId", "EntityId"),
        ("ORDERBY=IsDismissed", "IsDismissed"),
        ("orderby=createdon", "CreatedOn"),
        ("orderBy=UpdatedOn", "UpdatedOn"),
    ] {
        for dir in [0, 1] {
            let list = client.list(&format!("{BUSY}&{asked}&dir={dir}&size=100")).await;
            assert_eq!(list["CurrentOrderField"], name);
            let mut column = column(&list, name);
            if dir == 1 {
                column.reverse();
            }
            assert!(column.is_sorted_by(not_after), "{asked} dir={dir}: {column:?}");
        }
    }
}

#[tokio::test]
async fn an_unknown_order_is_by_id() {
    let list = Client::new().list(&format!("{BUSY}&orderBy=Colour&dir=1")).await;
    assert_eq!(list["CurrentOrderField"], "Id");
    assert!(ids(&list).is_sorted_by(|a, b| a > b));
}

#[tokio::test]
async fn equal_values_keep_rising_ids_so_that_pages_do_not_overlap() {
    let client = Client::new();
    for dir in [0, 1] {
        let list = client.list(&format!("{BUSY}&orderBy=IsDismissed&dir={dir}&size=100")).await;
        let flags = column(&list, "IsDismissed");
        let ids = ids(&list);
        for value in [json!(true), json!(false)] {
            let same: Vec<_> = ids.iter().zip(&flags).filter(|(_, flag)| **flag == value).map(|(id, _)| id).collect();
            assert!(same.is_sorted());
        }
    }
}

#[tokio::test]
async fn dir_means_what_is_switched_and_the_answer_says_which_way() {
    let client = Client::new();
    for (meaning, dir, descending, said) in [
        ("one-is-descending", "1", true, json!(1)),
        ("one-is-descending", "0", false, json!(0)),
        ("one-is-ascending", "1", false, json!(1)),
        ("one-is-ascending", "-1", true, json!(-1)),
        ("words", "descending", true, json!("DESC")),
        ("words", "ascending", false, json!("ASC")),
        ("words", "1", false, json!("ASC")),
        ("ignored", "1", false, json!(0)),
        ("ignored", "descending", false, json!(0)),
    ] {
        client.set_faults(json!({"dir": meaning})).await;
        let list = client.list(&format!("{BUSY}&orderBy=CreatedOn&dir={dir}")).await;
        let times = column(&list, "CreatedOn");
        let newest_first = times.is_sorted_by(|a, b| not_after(b, a));
        assert_eq!(newest_first, descending, "{meaning} dir={dir}");
        assert_eq!(list["CurrentSortDirection"], said, "{meaning} dir={dir}");
    }
}

#[tokio::test]
async fn unreadable_filters_are_refused_by_name() {
    let client = Client::new();
    for (query, words) in [
        ("CoworkerNotification_Coworker=me", "a whole number"),
        ("CoworkerNotification_IsDismissed=maybe", "true or false"),
        ("from_CoworkerNotification_CreatedOn=yesterday", "2025-01-10T08:00"),
        ("id=[1,two]", "[1,2,3]"),
    ] {
        let answer = client.get(&format!("{LIST}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let message = answer.json()["Message"].as_str().unwrap_or_default().to_owned();
        let name = query.split('=').next().unwrap_or_default();
        assert!(message.contains(name) && message.contains(words), "{message}");
    }
}

#[tokio::test]
async fn empty_parameters_are_as_none() {
    let list = Client::new().list(&format!("{BUSY}&CoworkerNotification_IsDismissed=&page=&dir=")).await;
    assert_eq!(list["TotalItems"], 60);
}

/// The order of JSON values that properties can have.
fn not_after(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a <= b,
        (Value::Bool(a), Value::Bool(b)) => a <= b,
        _ => a.as_i64() <= b.as_i64(),
    }
}
