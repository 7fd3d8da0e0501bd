//! The steps that bring a store's tables up to date: numbered, each done once.

use super::StoreError;

/// One step, with the same effect in both backends.
pub(super) struct Migration {
    /// From 1, without gaps.
    pub(super) number: i64,
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    sqlite: include_str!("../../migrations/sqlite/0001_start.sql"),
    postgres: include_str!("../../migrations/postgres/0001_start.sql"),
}];

/// The steps that a store at this number lacks.
pub(super) fn after(number: i64) -> Result<impl Iterator<Item = &'static Migration>, StoreError> {
    let newest = MIGRATIONS.last().map_or(0, |migration| migration.number);
    if number > newest {
        return Err(StoreError(format!(
            "its tables are of a newer version of this program ({number}; this one knows {newest}): start that version"
        )));
    }
    Ok(MIGRATIONS.iter().filter(move |migration| migration.number > number))
}

#[cfg(test)]
mod tests {
    use super::{MIGRATIONS, after};

    #[test]
    fn steps_are_numbered_without_gaps_and_taken_once() {
        assert!(MIGRATIONS.iter().map(|migration| migration.number).eq(1..=MIGRATIONS.len() as i64));
        assert_eq!(after(0).unwrap().count(), MIGRATIONS.len());
        assert_eq!(after(MIGRATIONS.len() as i64).unwrap().count(), 0);
        assert!(after(99).is_err_and(|error| error.to_string().contains("newer version")));
    }
}
