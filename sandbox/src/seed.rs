//! The notifications that are there at the start: the same ones for the same seed.

use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt;
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::SliceRandom;

use crate::messages::{Composer, KINDS, Kind};
use crate::people::{BUSY, CROWDED, ONE_OF_EACH, coworker};
use crate::store::{Content, Store};

/// Fills a store, counting back from `now`; `crowd` is the number for the crowded coworker.
/// The composer goes on where the seed ended.
pub(crate) fn fill(seed: u64, crowd: usize, now: DateTime<Utc>) -> (Store, Composer) {
    let mut composer = Composer::new(seed);
    let mut store = Store::empty(now);
    add_all(&mut store, &mut composer, BUSY, now, busy);
    add_all(&mut store, &mut composer, ONE_OF_EACH, now, one_of_each);
    add_all(&mut store, &mut composer, CROWDED, now, |random| crowded(crowd, random));
    (store, composer)
}

/// A notification to create: how long ago, and how much later it was dismissed.
struct Planned {
    age: TimeDelta,
    kind: &'static Kind,
    dismissed_after: Option<TimeDelta>,
}

/// Adds what `plan` says, oldest first: ids rise with time.
fn add_all(
    store: &mut Store,
    composer: &mut Composer,
    coworker_id: i64,
    now: DateTime<Utc>,
    plan: impl FnOnce(&mut Xoshiro256PlusPlus) -> Vec<Planned>,
) {
    let mut planned = plan(composer.random());
    planned.sort_by_key(|planned| std::cmp::Reverse(planned.age));

    for Planned { age, kind, dismissed_after } in planned {
        let composed = composer.compose(kind);
        let created_on = now - age;
        let mut content = Content {
            coworker_id,
            message: composed.message,
            notification_type: kind.name.to_owned(),
            entity_id: composed.entity_id,
            is_dismissed: false,
        };
        let id = store.add(content.clone(), composer.unique_id(), created_on, None);
        if let (Some(after), Some(coworker)) = (dismissed_after, coworker(coworker_id)) {
            content.is_dismissed = true;
            store.update(id, content, (created_on + after).min(now), coworker.email.to_owned());
        }
    }
}

/// Three weeks of a member who takes part: today is mostly unread, old things mostly dismissed.
fn busy(random: &mut Xoshiro256PlusPlus) -> Vec<Planned> {
    /// How many, between which ages in minutes, and how likely dismissed.
    const DAY: i64 = 24 * 60;
    const STRETCHES: [(usize, i64, i64, f64); 5] = [
        (1, 1, 4, 0.0),
        (7, 5, 5 * 60, 0.1),
        (8, DAY - 90, DAY + 90, 0.25),
        (16, 2 * DAY, 6 * DAY, 0.5),
        (28, 8 * DAY, 21 * DAY, 0.9),
    ];

    let mut kinds: Vec<&Kind> = KINDS.iter().flat_map(|kind| std::iter::repeat_n(kind, kind.share)).collect();
    kinds.shuffle(random);
    failures_before_successes(&mut kinds);

    let mut kinds = kinds.into_iter();
    let mut planned = Vec::with_capacity(kinds.len());
    for (count, from, to, dismissed) in STRETCHES {
        let mut ages: Vec<i64> = (0..count).map(|_| random.random_range(from * 60..to * 60)).collect();
        ages.sort_unstable();
        for (age, kind) in ages.into_iter().zip(kinds.by_ref()) {
            let dismissed_after =
                random.random_bool(dismissed).then(|| TimeDelta::minutes(random.random_range(1..DAY)));
            planned.push(Planned { age: TimeDelta::seconds(age), kind, dismissed_after });
        }
    }
    planned
}

/// Nobody fails an identity check after having passed it. `kinds` is newest first.
fn failures_before_successes(kinds: &mut [&Kind]) {
    let places: Vec<usize> = kinds
        .iter()
        .enumerate()
        .filter(|(_, kind)| kind.name.starts_with("identity"))
        .map(|(place, _)| place)
        .collect();
    let mut checks: Vec<&Kind> = kinds.iter().copied().filter(|kind| kind.name.starts_with("identity")).collect();
    checks.sort_by_key(|kind| kind.name.contains("fail"));
    for (place, kind) in places.into_iter().zip(checks) {
        kinds[place] = kind;
    }
}

/// Every type once, over ten days.
fn one_of_each(random: &mut Xoshiro256PlusPlus) -> Vec<Planned> {
    const HOURS: i64 = 16;
    KINDS
        .iter()
        .zip(0..)
        .map(|(kind, place)| {
            let minutes = 3 + place * HOURS * 60 + random.random_range(0..30);
            Planned { age: TimeDelta::minutes(minutes), kind, dismissed_after: None }
        })
        .collect()
}

/// Very many, about one an hour. Some are created at the same moment.
fn crowded(count: usize, random: &mut Xoshiro256PlusPlus) -> Vec<Planned> {
    let mut age = TimeDelta::minutes(1);
    (0..count)
        .map(|number| {
            if number % 7 != 0 {
                age += TimeDelta::seconds(random.random_range(60..7_200));
            }
            let kind = &KINDS[random.random_range(0..KINDS.len())];
            Planned { age, kind, dismissed_after: None }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::parse_minute;

    const CROWD: usize = 500;

    fn seeded(seed: u64) -> Store {
        fill(seed, CROWD, parse_minute("2025-03-19T10:00").expect("a time")).0
    }

    fn of(store: &Store, coworker: i64) -> Vec<&crate::store::Record> {
        store.all().filter(|record| record.content.coworker_id == coworker).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_notifications() {
        assert!(seeded(1).all().eq(seeded(1).all()));
        assert!(!seeded(1).all().eq(seeded(2).all()));
    }

    #[test]
    fn the_busy_member_has_all_types_and_has_dismissed_some() {
        for seed in 0..20 {
            let store = seeded(seed);
            let records = of(&store, BUSY);
            assert_eq!(records.len(), 60);
            for kind in &KINDS {
                let count = records.iter().filter(|r| r.content.notification_type == kind.name).count();
                assert_eq!(count, kind.share, "{}", kind.name);
            }
            let dismissed = records.iter().filter(|r| r.content.is_dismissed).count();
            assert!((20..50).contains(&dismissed), "seed {seed}: {dismissed} dismissed");
        }
    }

    #[test]
    fn identity_checks_fail_before_they_pass() {
        for seed in 0..20 {
            let store = seeded(seed);
            let order: Vec<bool> = of(&store, BUSY)
                .iter()
                .filter(|r| r.content.notification_type.starts_with("identity"))
                .map(|r| r.content.notification_type.contains("fail"))
                .collect();
            assert_eq!(order, [true, true, false, false], "seed {seed}");
        }
    }

    #[test]
    fn the_other_members_have_what_they_stand_for() {
        let store = seeded(1);
        assert_eq!(of(&store, 1002).len(), 0);
        assert_eq!(of(&store, CROWDED).len(), CROWD);
        let mut types: Vec<_> = of(&store, ONE_OF_EACH).iter().map(|r| r.content.notification_type.clone()).collect();
        types.sort();
        types.dedup();
        assert_eq!(types.len(), 15);
    }

    #[test]
    fn ids_rise_with_time_and_nothing_is_from_the_future() {
        let store = seeded(1);
        for coworker in [BUSY, CROWDED, ONE_OF_EACH] {
            assert!(of(&store, coworker).is_sorted_by_key(|record| record.created_on));
        }
        assert!(store.all().all(|record| record.updated_on <= store.changed_on()));
        assert!(store.all().all(|record| record.created_on <= record.updated_on));
    }
}
