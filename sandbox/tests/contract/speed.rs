//! Ten thousand notifications are no reason to wait. Times are printed, not judged.

use std::time::{Duration, Instant};

use crate::client::Client;

#[tokio::test]
async fn pages_of_ten_thousand_are_found() {
    let client = Client::crowded();
    let query = "CoworkerNotification_Coworker=1003&CoworkerNotification_IsDismissed=false&orderBy=CreatedOn&dir=1";
    let mut fastest = Duration::MAX;
    for page in 1..=20 {
        let started = Instant::now();
        let list = client.list(&format!("{query}&page={page}")).await;
        fastest = fastest.min(started.elapsed());
        assert_eq!(list["TotalItems"], 10_000);
    }
    println!("a page of 25 among 10,000: {fastest:?}");
}
