//! Where the token comes from. It stays in this module's memory: it is never stored or sent to another tab.

use std::{
    cell::{Cell, RefCell},
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    rc::Rc,
    task::{Poll, Waker},
};

use wasm_bindgen_futures::spawn_local;

use super::flight::Flight;
use crate::error::{Failure, FailureKind};

/// A provider that has not answered after this long has failed (milliseconds): 10 seconds.
const TIME_LIMIT: u32 = 10_000;

/// A token, or a function that returns one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// The token itself.
    Fixed(Rc<str>),
    /// A function that returns one.
    Provider(Provider),
}

impl TokenSource {
    fn fixed(&self) -> Option<Rc<str>> {
        match self {
            Self::Fixed(token) => Some(bare(token).into()),
            Self::Provider(_) => None,
        }
    }
}

/// The token without `Bearer`, where the page gives a whole header value.
pub(crate) fn bare(token: &str) -> &str {
    let token = token.trim();
    let header = token.split_at_checked(6).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
    match header {
        Some((_, token)) if token.is_empty() || token.starts_with(' ') => token.trim_start(),
        _ => token,
    }
}

/// Whether an HTTP header can carry it (Fetch standard, "header value").
pub(super) fn is_sendable(token: &str) -> bool {
    token.chars().all(|c| !matches!(c, '\0' | '\n' | '\r') && u32::from(c) <= 0xff)
}

/// A future of a token, as a [`Provider`] returns it.
type TokenFuture = Pin<Box<dyn Future<Output = Result<String, Failure>>>>;

/// A function that returns a token; asked at the start and once whenever the token is refused.
/// Two providers are equal if they are the same function.
#[derive(Clone)]
pub struct Provider(Rc<dyn Fn() -> TokenFuture>);

impl Provider {
    /// A provider that runs this function.
    pub fn new<F>(provide: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<String, Failure>> + 'static,
    {
        Self(Rc::new(move || Box::pin(provide())))
    }

    /// Whether there are other clones than this one.
    #[cfg(feature = "element")]
    pub(crate) fn is_used(&self) -> bool {
        Rc::strong_count(&self.0) > 1
    }
}

impl PartialEq for Provider {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Provider {}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Provider")
    }
}

/// A feed's token: asked for once, shared by all its requests.
#[derive(Debug)]
pub struct Token {
    source: RefCell<TokenSource>,
    known: RefCell<Option<Rc<str>>>,
    /// The page has replaced the token, so the next refusal may be that of the old one.
    replaced: Cell<bool>,
    /// How many sources there have been.
    sources: Cell<u32>,
    /// The question in flight, so that the provider is never asked twice at once.
    asking: RefCell<Option<Rc<Question>>>,
}

/// A provider is being asked.
#[derive(Debug, Default)]
struct Question {
    /// Set once the provider has answered or was replaced.
    answer: RefCell<Option<Result<(), Failure>>>,
    waiting: RefCell<Vec<Waker>>,
}

impl Question {
    fn settle(&self, answer: Result<(), Failure>) {
        self.answer.replace(Some(answer));
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    fn settled(&self) -> impl Future<Output = Result<(), Failure>> {
        poll_fn(|context| match &*self.answer.borrow() {
            Some(answer) => Poll::Ready(answer.clone()),
            None => {
                self.waiting.borrow_mut().push(context.waker().clone());
                Poll::Pending
            }
        })
    }
}

impl Token {
    pub(super) fn new(source: TokenSource) -> Rc<Self> {
        Rc::new(Self {
            known: RefCell::new(source.fixed()),
            source: RefCell::new(source),
            replaced: Cell::new(false),
            sources: Cell::new(1),
            asking: RefCell::default(),
        })
    }

    /// Takes another token or provider from the page. Callers that wait for the old provider get the new token.
    pub(super) fn replace(&self, source: TokenSource) {
        self.known.replace(source.fixed());
        self.source.replace(source);
        self.replaced.set(true);
        self.sources.set(self.sources.get().wrapping_add(1));
        if let Some(question) = self.asking.take() {
            question.settle(Ok(()));
        }
    }

    /// The token, if the provider need not be asked for it.
    pub(super) fn known(&self) -> Option<Rc<str>> {
        self.known.borrow().clone()
    }

    /// Forgets the provider's useless token: the next request asks again.
    pub(super) fn forget(&self) {
        self.known.replace(self.source.borrow().fixed());
    }

    /// The token.
    pub(super) async fn get(self: &Rc<Self>) -> Result<Rc<str>, Failure> {
        match self.known() {
            Some(token) => Ok(token),
            None => self.renew().await,
        }
    }

    /// A token other than the one that was refused.
    pub(super) async fn renew(self: &Rc<Self>) -> Result<Rc<str>, Failure> {
        loop {
            if self.replaced.take()
                && let Some(token) = self.known()
            {
                return Ok(token);
            }
            let source = self.source.borrow().clone();
            let TokenSource::Provider(provider) = &source else {
                let refused = refused("The token is missing, wrong or expired. The page must set a new one.");
                // Only the server can have refused it.
                return Err(refused.with_status(401));
            };
            let asked = self.sources.get();
            let asking = self.asking.borrow().clone();
            let question = asking.unwrap_or_else(|| self.ask(provider, &source));
            let answer = question.settled().await;
            if self.sources.get() != asked {
                // The page has replaced the source meanwhile: the new one counts.
                continue;
            }
            self.asking.take();
            answer?;
            return self.known().ok_or_else(|| refused("The page's tokenProvider returned no token."));
        }
    }

    /// Asks the provider, and keeps its token unless the page has replaced it by then.
    fn ask(self: &Rc<Self>, provider: &Provider, source: &TokenSource) -> Rc<Question> {
        let question = Rc::<Question>::default();
        let (token, source, asked) = (self.clone(), source.clone(), question.clone());
        let given = (provider.0)();
        spawn_local(async move {
            let answer = limited(given).await.map(|known| {
                if *token.source.borrow() == source {
                    token.known.replace(Some(known));
                }
            });
            asked.settle(answer);
        });
        self.asking.replace(Some(question.clone()));
        question
    }
}

fn refused(message: &str) -> Failure {
    Failure::new(FailureKind::Unauthorized, message)
}

/// The provider's answer, or a sentence why there is none.
async fn limited(answer: TokenFuture) -> Result<Rc<str>, Failure> {
    let flight = Flight::with(None);
    let _limit = flight.limit(TIME_LIMIT);
    let token = match flight.run(answer).await {
        Some(answer) => answer.map_err(|failure| refused(&failure.message))?,
        None => return Err(refused("The page's tokenProvider did not answer within 10 seconds.")),
    };
    match bare(&token) {
        "" => Err(refused("The page's tokenProvider returned an empty token.")),
        token => Ok(token.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{bare, is_sendable};

    #[test]
    fn a_header_carries_one_line_of_latin_1() {
        for token in ["abc", "a b", "é", "a\tb"] {
            assert!(is_sendable(token), "{token:?}");
        }
        for token in ["a\nb", "a\rb", "a\0b", "€", "日"] {
            assert!(!is_sendable(token), "{token:?}");
        }
    }

    #[test]
    fn a_token_is_bare_without_its_scheme() {
        for (given, token) in [
            ("abc", "abc"),
            (" abc ", "abc"),
            ("Bearer abc", "abc"),
            ("bEARER   abc ", "abc"),
            ("Bearer", ""),
            ("Bearer Bearer", "Bearer"),
            ("bearerabc", "bearerabc"),
            ("Beare\u{301}r abc", "Beare\u{301}r abc"),
            ("Basic abc", "Basic abc"),
            ("", ""),
        ] {
            assert_eq!(bare(given), token, "{given:?}");
        }
    }
}
