//! Whatever stands in the address of a member's list, it is a search within its bounds, or a refusal in words.

#![no_main]

use gateway::http::Search;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|encoded: &str| {
    match Search::parse(encoded) {
        Ok(search) => {
            assert!(search.query.page >= 1);
            assert!((1..=1_000).contains(&search.query.size));
            assert!(search.ids.as_ref().is_none_or(|ids| ids.len() <= 1_000));
            assert_eq!(search.query.run(&[]).total, 0);
            assert_eq!(Search::parse(encoded), Ok(search));
        }
        Err(refused) => {
            let words = refused.words();
            assert!(!words.is_empty());
            assert!(words.len() <= 400 * (encoded.len() + 1), "a refusal is no echo");
        }
    }
});
