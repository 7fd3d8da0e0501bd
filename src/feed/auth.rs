//! The token: when the server refuses it, the page is asked for a fresh one, once. If that one is refused too, the refusal
//! is final until a request succeeds or somebody asks again.

/// See the head of this file.
#[derive(Debug)]
pub(super) struct Auth {
    renewal: Renewal,
    /// How often the token has been renewed. A request remembers this number, so a late refusal of an earlier token is
    /// recognised.
    age: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renewal {
    /// The token has not been refused since it last worked.
    Fresh,
    /// The page is being asked.
    Asking,
    /// A renewed token has not worked yet.
    Tried,
}

/// What is to be done when a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The page has to be asked for a fresh token; then the request is made again.
    Renew,
    /// A fresh token is there, or was asked for: the request is made again with it.
    Again,
    /// The request has failed for good.
    Final,
}

impl Auth {
    pub(super) fn new() -> Self {
        Self { renewal: Renewal::Fresh, age: 0 }
    }

    pub(super) fn age(&self) -> u32 {
        self.age
    }

    pub(super) fn is_asking(&self) -> bool {
        self.renewal == Renewal::Asking
    }

    /// A request has succeeded, or a person asks: the next refusal may ask the page for a fresh token again.
    pub(super) fn trust(&mut self) {
        if self.renewal == Renewal::Tried {
            self.renewal = Renewal::Fresh;
        }
    }

    /// A request with a token of this age was refused. `renewed`: that request has already had a fresh token asked for.
    pub(super) fn refused(&mut self, age: u32, renewed: bool) -> Refusal {
        if age != self.age || self.is_asking() {
            return Refusal::Again;
        }
        if renewed || self.renewal == Renewal::Tried {
            return Refusal::Final;
        }
        self.renewal = Renewal::Asking;
        Refusal::Renew
    }

    /// The page has answered. `false` if it was not asked.
    pub(super) fn renewed(&mut self, succeeded: bool) -> bool {
        let asked = self.is_asking();
        if asked {
            self.renewal = Renewal::Tried;
            self.age = self.age.wrapping_add(u32::from(succeeded));
        }
        asked
    }
}
