//! Turns the page's attributes into settings. Each wrong attribute is reported in one sentence.

mod preferences;

pub use preferences::{Preference, Preferences};

use crate::{
    api::ApiBase,
    error::{Failure, FailureKind},
    model::{CoworkerId, LinkTemplates, NotificationType},
};

/// The attributes as the page wrote them; `None` where one is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `coworker-id`
    pub coworker_id: Option<String>,
    /// `api-base`
    pub api_base: Option<String>,
    /// `page-size`
    pub page_size: Option<String>,
    /// `poll-interval`
    pub poll_interval: Option<String>,
    /// `dismiss-mode`
    pub dismiss_mode: Option<String>,
    /// `types`
    pub types: Option<String>,
    /// `theme`
    pub theme: Option<String>,
    /// `placement`
    pub placement: Option<String>,
    /// `variant`
    pub variant: Option<String>,
    /// `max-badge`
    pub max_badge: Option<String>,
    /// `links`
    pub links: Option<String>,
    /// `title-badge`, a boolean: present or not.
    pub title_badge: bool,
    /// `desktop-alerts`, a boolean: present or not.
    pub desktop_alerts: bool,
    /// `push`
    pub push: Option<String>,
    /// `toasts`, a boolean: present or not.
    pub toasts: bool,
    /// `view`
    pub view: Option<String>,
}

/// The settings in use. `Config::default()` is what an element without attributes has.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The coworker; `None`: the one whom the portal names.
    pub coworker: Option<CoworkerId>,
    /// The page's `coworker-id` is no id. The page got an error, so none follows for a missing coworker.
    pub coworker_is_wrong: bool,
    /// Where the API is.
    pub api_base: ApiBase,
    /// Records a page, 1 to 100.
    pub page_size: u32,
    /// Seconds between polls; 0: never.
    pub poll_interval: u32,
    /// Where a dismissal is stored.
    pub dismiss_mode: DismissMode,
    /// Only these types are shown; empty: all.
    pub types: Vec<NotificationType>,
    /// Colours.
    pub theme: Theme,
    /// Where the panel opens, seen from the bell.
    pub placement: Placement,
    /// A bell with a panel, or the list alone.
    pub variant: Variant,
    /// Above this the badge reads `99+`.
    pub max_badge: u32,
    /// Where a notification leads.
    pub links: LinkTemplates,
    /// Put `(3) ` before the document's title, and the count on an installed page's icon.
    pub title_badge: bool,
    /// Offer system notifications.
    pub desktop_alerts: bool,
    /// How arrivals are received.
    pub push: Push,
    /// Show what arrives beside the bell for a moment.
    pub toasts: bool,
    /// Which list the panel shows.
    pub view: View,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            coworker: None,
            coworker_is_wrong: false,
            api_base: ApiBase::default(),
            page_size: 25,
            poll_interval: 60,
            dismiss_mode: DismissMode::Auto,
            types: Vec::new(),
            theme: Theme::Auto,
            placement: Placement::BottomEnd,
            variant: Variant::Popover,
            max_badge: 99,
            links: LinkTemplates::default(),
            title_badge: false,
            desktop_alerts: false,
            push: Push::Auto,
            toasts: false,
            view: View::Inbox,
        }
    }
}

macro_rules! keyword {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// The word in the attribute.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl Keyword for $name {
            const VALUES: &'static [Self] = &[$(Self::$variant),+];
            const WORDS: &'static [&'static str] = &[$($word),+];
        }
    };
}

keyword!(
    /// `dismiss-mode`: where a dismissal is kept.
    DismissMode {
        /// Written with PUT; kept in this browser where the API refuses writes.
        #[default]
        Auto = "auto",
        /// Written with PUT only.
        Api = "api",
        /// Kept in this browser only.
        Local = "local",
    }
);
keyword!(
    /// `theme`: the colours.
    Theme {
        /// As the system prefers.
        #[default]
        Auto = "auto",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
    }
);
keyword!(
    /// `placement`: where the panel opens, seen from the bell, before it flips at the viewport's edge.
    Placement {
        /// Below, its inline end at the bell's.
        #[default]
        BottomEnd = "bottom-end",
        /// Below, its inline start at the bell's.
        BottomStart = "bottom-start",
        /// Above, its inline start at the bell's.
        TopStart = "top-start",
        /// Above, its inline end at the bell's.
        TopEnd = "top-end",
    }
);
keyword!(
    /// `variant`: how much is drawn.
    Variant {
        /// A bell that opens a panel.
        #[default]
        Popover = "popover",
        /// The list without the bell, for a page of its own.
        Inline = "inline",
    }
);

keyword!(
    /// `push`: how arrivals come.
    Push {
        /// By the server's stream where it names one, else by polling.
        #[default]
        Auto = "auto",
        /// By polling only.
        Off = "off",
    }
);
keyword!(
    /// `view`: one of the two lists that a member can look at.
    View {
        /// What is neither dismissed nor snoozed.
        #[default]
        Inbox = "inbox",
        /// What is dismissed, on the server or in this browser, and what is snoozed.
        Dismissed = "dismissed",
    }
);

impl Config {
    /// Reads the attributes. A wrong one gets its default, or the nearest number in range, and is reported.
    ///
    /// An unsafe `api-base` has no default: [`Reading::unsafe_base`] says why, and nothing may be sent.
    pub fn read(attributes: &Attributes, page_origin: &str) -> Reading {
        let mut problems = Vec::new();
        let mut config = Self {
            title_badge: attributes.title_badge,
            desktop_alerts: attributes.desktop_alerts,
            toasts: attributes.toasts,
            ..Self::default()
        };
        if let Some(text) = given(&attributes.coworker_id) {
            match text.parse::<i64>() {
                Ok(id) if id > 0 => config.coworker = Some(CoworkerId(id)),
                _ => {
                    config.coworker_is_wrong = true;
                    problems.push(wrong("coworker-id", text, "a whole number above 0, as in coworker-id=\"1001\""));
                }
            }
        }
        config.page_size = number(&attributes.page_size, "page-size", 25, 1, 100, &mut problems);
        config.poll_interval = match number(&attributes.poll_interval, "poll-interval", 60, 0, 86_400, &mut problems) {
            1..=4 => 5,
            seconds => seconds,
        };
        config.max_badge = number(&attributes.max_badge, "max-badge", 99, 1, 999_999, &mut problems);
        config.dismiss_mode = word(&attributes.dismiss_mode, "dismiss-mode", &mut problems);
        config.theme = word(&attributes.theme, "theme", &mut problems);
        config.placement = word(&attributes.placement, "placement", &mut problems);
        config.variant = word(&attributes.variant, "variant", &mut problems);
        config.push = word(&attributes.push, "push", &mut problems);
        config.view = word(&attributes.view, "view", &mut problems);
        if let Some(text) = given(&attributes.types) {
            config.types = types(text);
        }
        if let Some(text) = given(&attributes.links) {
            let (links, mistakes) = LinkTemplates::parse(text);
            config.links = links;
            problems.extend(mistakes.into_iter().map(|mistake| Failure::new(FailureKind::Config, mistake.to_string())));
        }
        let mut api_base = None;
        if let Some(text) = given(&attributes.api_base) {
            match ApiBase::parse(text, page_origin) {
                Ok(base) => config.api_base = base,
                Err(failure) => api_base = Some(failure),
            }
        }
        Reading { config, problems, unsafe_base: api_base }
    }
}

fn types(list: &str) -> Vec<NotificationType> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(NotificationType::from).collect()
}

/// The result of [`Config::read`].
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The settings in use.
    pub config: Config,
    /// One sentence for each wrong attribute, except `api-base`.
    pub problems: Vec<Failure>,
    /// Why `api-base` cannot be used: while this is `Some`, nothing may be sent anywhere.
    pub unsafe_base: Option<Failure>,
}

fn given(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn number(value: &Option<String>, name: &str, default: u32, min: u32, max: u32, problems: &mut Vec<Failure>) -> u32 {
    let Some(text) = given(value) else { return default };
    // A whole number out of range becomes the nearest limit: closer to what was meant than the default.
    let number = text.parse::<u32>().ok();
    let limited = number.map(|number| number.clamp(min, max));
    if number.is_none() || number != limited {
        problems.push(wrong(name, text, &range(min, max)));
    }
    limited.unwrap_or(default)
}

/// The value of an attribute that takes one of a few words.
trait Keyword: Copy + Default + 'static {
    /// All values.
    const VALUES: &'static [Self];
    /// Their words, in the same order.
    const WORDS: &'static [&'static str];
}

fn word<T: Keyword>(value: &Option<String>, name: &str, problems: &mut Vec<Failure>) -> T {
    let chosen = choice(value, name, T::WORDS, problems);
    chosen.and_then(|index| T::VALUES.get(index)).copied().unwrap_or_default()
}

/// The index of an attribute's word. Not part of [`word`], which is compiled for each type.
fn choice(value: &Option<String>, name: &str, words: &[&str], problems: &mut Vec<Failure>) -> Option<usize> {
    let text = given(value)?;
    let index = words.iter().position(|word| text.eq_ignore_ascii_case(word));
    if index.is_none() {
        problems.push(wrong(name, text, &["one of ", &words.join(", ")].concat()));
    }
    index
}

fn range(min: u32, max: u32) -> String {
    ["a whole number from ", &min.to_string(), " to ", &max.to_string()].concat()
}

fn wrong(name: &str, text: &str, right: &str) -> Failure {
    let shown: String = text.chars().take(60).collect();
    Failure::new(FailureKind::Config, [name, "=\"", &shown, "\" is not usable: give ", right, "."].concat())
}
