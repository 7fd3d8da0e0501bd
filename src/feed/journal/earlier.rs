//! What the previous version of the widget stored: local and pending dismissals in two lists,
//! `{"v":1,"local":[7],"pending":[[8,1736496000000,"k3"]]}`.
//!
//! It is read at each start. Only dismissals that are over are removed from it; the rest is left as it was, because a tab
//! may still run that version.

use super::{super::intents::EARLIER, Intent, Stage, Stamp, object};
use crate::{
    json::{self, Raw},
    model::NotificationId,
};

/// A pending dismissal: its id, when it was made, and the whole of it.
type Pending<'a> = (NotificationId, i64, Raw<'a>);

fn read(text: &str) -> Option<(Vec<i64>, Vec<Pending<'_>>)> {
    let stored = object(text, "1")?;
    let local = stored.get("local").map_or(Some(Vec::new()), json::strict_all)?;
    let pending = stored.get("pending").map_or(Some(Vec::new()), json::array)?;
    let read = |raw| match *json::array(raw)?.as_slice() {
        [id, at, _] => Some((NotificationId(json::strict(id)?), json::strict(at)?, raw)),
        _ => None,
    };
    Some((local, pending.into_iter().map(read).collect::<Option<_>>()?))
}

/// What that version has stored, as intents. They lose against any other intent for the same notification.
pub(super) fn intents(text: &str) -> Vec<(NotificationId, Intent)> {
    let Some((local, pending)) = read(text) else { return Vec::new() };
    let intent = |counter, stage| {
        let stamp = Stamp { counter, tab: EARLIER };
        Intent { stamp, stage, dismissed: true, snoozed_until: None }
    };
    let local = local.into_iter().map(|id| (NotificationId(id), intent(0, Stage::Local)));
    local.chain(pending.into_iter().map(|(id, at, _)| (id, intent(at, Stage::Pending)))).collect()
}

/// The text without these; `None` if it names none of them.
pub fn strike_out(text: &str, over: &[NotificationId]) -> Option<String> {
    let (local, pending) = read(text)?;
    let stays = |id: NotificationId| !over.contains(&id);
    if local.iter().all(|id| stays(NotificationId(*id))) && pending.iter().all(|(id, ..)| stays(*id)) {
        return None;
    }
    let local = json::numbers(local.into_iter().filter(|id| stays(NotificationId(*id))));
    let pending = pending.into_iter().filter(|(id, ..)| stays(*id)).map(|(.., raw)| raw.get().to_owned());
    Some(["{\"v\":1,\"local\":", &local, ",\"pending\":", &json::join(pending), "}"].concat())
}

#[cfg(test)]
mod tests {
    use super::{super::Journal, *};

    const TEXT: &str = r#"{"v":1,"local":[7,9],"pending":[[8,1736496000000,"k3"]]}"#;

    #[test]
    fn it_is_taken_over() {
        let journal = Journal::decode("", "", TEXT, 1_736_496_000_001);
        assert_eq!(journal.local().map(|id| id.0).collect::<Vec<_>>(), [7, 9]);
        assert_eq!(journal.pending().map(|id| id.0).collect::<Vec<_>>(), [8]);
    }

    #[test]
    fn what_was_restored_since_stays_restored() {
        let restored = r#"{"v":2,"intents":[[7,2,0,0,1736496000000,1]]}"#;
        let journal = Journal::decode(restored, "", TEXT, 1_736_496_000_001);
        assert_eq!(journal.local().map(|id| id.0).collect::<Vec<_>>(), [9]);
    }

    #[test]
    fn what_is_over_is_struck_out_and_the_rest_is_left_as_it_was() {
        assert_eq!(
            strike_out(TEXT, &[NotificationId(7)]).as_deref(),
            Some(r#"{"v":1,"local":[9],"pending":[[8,1736496000000,"k3"]]}"#)
        );
        assert_eq!(strike_out(TEXT, &[NotificationId(1)]), None);
        assert_eq!(strike_out("nonsense", &[NotificationId(7)]), None);
    }
}
