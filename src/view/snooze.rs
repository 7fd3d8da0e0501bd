//! Moments that a notification can be snoozed until, in the viewer's zone.

use js_sys::Date;

use super::text::Key;

const MINUTE: f64 = 60_000.0;
const DAY: f64 = 1_440.0 * MINUTE;
/// When a member's morning and evening begin.
const MORNING: u32 = 9;
const EVENING: u32 = 18;
/// A preset is offered only if it is at least this far away.
const SOON: f64 = 90.0 * MINUTE;

/// A moment with a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Preset {
    pub(super) name: Key,
    /// Milliseconds since the Unix epoch by this device's clock.
    pub(super) until: f64,
}

/// The presets at a moment, the nearest first.
pub(super) fn presets(now: f64) -> Vec<Preset> {
    let date = Date::new(&now.into());
    choose(now, date.get_day(), |days, hour| {
        // Each day is computed by the calendar, because a day may have 23 or 25 hours.
        let day = date.get_date() as i32 + days;
        Date::new_with_year_month_day_hr(date.get_full_year(), date.get_month() as i32, day, hour as i32).get_time()
    })
}

/// The presets, with Sunday as day 0 of the week. `at` gives the moment of an hour, a number of days from today.
fn choose(now: f64, weekday: u32, at: impl Fn(i32, u32) -> f64) -> Vec<Preset> {
    let monday = match weekday {
        0 => 1,
        day => 8 - day as i32,
    };
    let mut presets = vec![Preset { name: Key::SnoozeHour, until: now + 60.0 * MINUTE }];
    let evening = at(0, EVENING);
    if evening - now >= SOON {
        presets.push(Preset { name: Key::SnoozeEvening, until: evening });
    }
    presets.push(Preset { name: Key::SnoozeTomorrow, until: at(1, MORNING) });
    // On Sundays tomorrow is Monday.
    if monday > 1 {
        presets.push(Preset { name: Key::SnoozeMonday, until: at(monday, MORNING) });
    }
    presets
}

/// The limits of the field for a moment, in the field's own notation.
#[derive(Debug)]
pub(super) struct Bounds {
    pub(super) earliest: String,
    pub(super) latest: String,
    pub(super) suggested: String,
}

/// From the next minute to a year from now.
pub(super) fn bounds(now: f64) -> Bounds {
    let tomorrow = presets(now).into_iter().find(|preset| preset.name == Key::SnoozeTomorrow);
    Bounds {
        earliest: local(now + MINUTE),
        latest: local(now + 365.0 * DAY),
        suggested: local(tomorrow.map_or(now + DAY, |preset| preset.until)),
    }
}

/// A moment as date and time of the viewer's zone: "2026-11-28T09:00".
fn local(moment: f64) -> String {
    let offset = Date::new(&moment.into()).get_timezone_offset() * MINUTE;
    let text = String::from(Date::new(&(moment - offset).into()).to_iso_string());
    text.get(..16).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: f64 = 60.0 * MINUTE;

    /// The presets so many hours after the beginning of day 0.
    fn names(weekday: u32, hours: f64) -> Vec<(Key, f64)> {
        let at = |days: i32, hour: u32| (f64::from(days) * 24.0 + f64::from(hour)) * HOUR;
        choose(hours * HOUR, weekday, at).into_iter().map(|preset| (preset.name, preset.until / HOUR)).collect()
    }

    #[test]
    fn on_a_wednesday_morning_there_are_four() {
        assert_eq!(
            names(3, 10.0),
            [
                (Key::SnoozeHour, 11.0),
                (Key::SnoozeEvening, 18.0),
                (Key::SnoozeTomorrow, 33.0),
                (Key::SnoozeMonday, 129.0)
            ]
        );
    }

    #[test]
    fn an_evening_that_is_near_or_over_is_not_offered() {
        assert!(names(3, 17.0).iter().all(|(name, _)| *name != Key::SnoozeEvening));
        assert!(names(3, 22.0).iter().all(|(name, _)| *name != Key::SnoozeEvening));
        assert!(names(3, 16.5).iter().any(|(name, _)| *name == Key::SnoozeEvening));
    }

    #[test]
    fn next_monday_is_never_today_nor_another_name_for_tomorrow() {
        assert_eq!(names(1, 8.0).last(), Some(&(Key::SnoozeMonday, 7.0 * 24.0 + 9.0)));
        assert_eq!(names(0, 8.0).last(), Some(&(Key::SnoozeTomorrow, 33.0)));
        assert_eq!(names(6, 8.0).last(), Some(&(Key::SnoozeMonday, 57.0)));
    }
}
