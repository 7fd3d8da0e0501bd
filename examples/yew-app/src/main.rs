//! A portal's header with the bell in it, as a Yew application.
//!
//! `trunk serve` in this folder shows it, with `cargo xtask demo --no-open` in another shell for the API.

mod shadow;

use coworker_notifications::{
    BellEvent, NotificationBell,
    api::ApiBase,
    config::Config,
    effect::{Provider, TokenSource},
    feed::Notice,
    model::CoworkerId,
};
use shadow::Shadow;
use yew::prelude::*;

/// The sandbox's address, and one of its members.
const API: &str = "http://127.0.0.1:8765";
const MEMBER: i64 = 1001;

fn main() {
    yew::Renderer::<Header>::new().render();
}

/// The header: a name, how much is new, and the bell.
#[component]
fn Header() -> Html {
    let config = use_memo((), |()| Config {
        coworker: Some(CoworkerId(MEMBER)),
        api_base: ApiBase::parse(API, "").unwrap_or_default(),
        poll_interval: 20,
        ..Config::default()
    });
    // Kept between drawings: another provider is another way to a token.
    let token = use_memo((), |()| TokenSource::Provider(Provider::new(|| async { Ok(format!("member-{MEMBER}")) })));
    let count = use_state(|| 0);
    let on_event = {
        let count = count.setter();
        use_callback((), move |event, ()| {
            if let BellEvent::Notice(Notice::Change { count: new }) = event {
                count.set(new);
            }
        })
    };
    html! {
        <header>
            <h1>{ "Harbour Works" }</h1>
            <p>{ format!("{} new", *count) }</p>
            <Shadow>
                <NotificationBell {config} token={(*token).clone()} {on_event} />
            </Shadow>
        </header>
    }
}

/// The settings do not depend on the page.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_is_an_address_that_a_token_may_be_sent_to() {
        let base = ApiBase::parse(API, "").map(|base| base.as_str().to_owned());
        assert_eq!(base.as_deref(), Ok(API));
    }
}
