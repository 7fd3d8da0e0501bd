//! The token: renewed once when it is refused, and then the refusal counts.

/// See the head of this file.
#[derive(Debug)]
pub(super) struct Auth {
    renewal: Renewal,
    /// How often the token has been renewed.
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
    /// The page is to be asked for another one; then the request is made again.
    Renew,
    /// Another one is there, or on its way: the request is made again.
    Again,
    /// It counts.
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

    /// The token works, or a person asks: when it is refused, another one may be asked for once more.
    pub(super) fn trust(&mut self) {
        if self.renewal == Renewal::Tried {
            self.renewal = Renewal::Fresh;
        }
    }

    /// A request with a token of this age was refused. `renewed`: a fresh one was asked for on its behalf before.
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

    /// The page has answered; `false`: it was not asked.
    pub(super) fn renewed(&mut self, succeeded: bool) -> bool {
        let asked = self.is_asking();
        if asked {
            self.renewal = Renewal::Tried;
            self.age = self.age.wrapping_add(u32::from(succeeded));
        }
        asked
    }
}
