//! Requests, a transport and decoding in one: the API as Rust functions.

use std::future::Future;

use super::{
    ApiBase, Confirmation, Draft, ListQuery, Page, Rejected, Request, Response, Update, WireRequest, monitor,
    request::LARGEST_PAGE,
};
use crate::{
    error::Failure,
    model::{Notification, NotificationId, Timestamp},
};

/// Carries requests to the API and adds the token.
///
/// Every implementation must send `Authorization: Bearer …` and [`WireRequest::ACCEPT`] with each request, and
/// [`WireRequest::CONTENT_TYPE`] with each body. Where no answer arrives, it must return a [`Failure`] of kind
/// `Network` or `Timeout`. An answer with an error status is an answer.
pub trait Transport {
    /// Sends one request and waits for the whole answer.
    fn send(&self, request: WireRequest) -> impl Future<Output = Result<Response, Failure>>;

    /// The time now, if there is a clock: used for a `Retry-After` that is a date when the answer has no `Date`.
    fn now(&self) -> Option<Timestamp> {
        None
    }
}

/// The CoworkerNotifications API over a [`Transport`].
#[derive(Debug, Clone)]
pub struct Client<T> {
    base: ApiBase,
    transport: T,
}

impl<T: Transport> Client<T> {
    /// A client of the API at `base`.
    pub fn new(base: ApiBase, transport: T) -> Self {
        Self { base, transport }
    }

    /// Searches: one page of the notifications that match (role CoworkerNotification-List).
    pub async fn list(&self, query: &ListQuery) -> Result<Page, Failure> {
        let request = Request::list(query).to_wire(&self.base);
        let url = request.url.clone();
        let response = self.transport.send(request).await?;
        let mut page = response.page(self.transport.now())?;
        page.monitor = response.link.and_then(|link| monitor::address(&link, &url, &self.base));
        Ok(page)
    }

    /// One notification (role CoworkerNotification-Read).
    pub async fn get(&self, id: NotificationId) -> Result<Notification, Failure> {
        self.send(Request::get(id)).await?.record(self.transport.now())
    }

    /// Several notifications by id (role CoworkerNotification-List), in the server's order.
    ///
    /// Ids that do not exist are missing from the answer. Asks for 100 at a time, and for more pages where the server
    /// gives smaller ones.
    pub async fn get_many(&self, ids: &[NotificationId]) -> Result<Vec<Notification>, Failure> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(LARGEST_PAGE) {
            let wanted = found.len() + some.len();
            for number in 1.. {
                let page = self.send(Request::get_many(some, number)).await?.page(self.transport.now())?;
                let none = page.notifications.is_empty();
                found.extend(page.notifications);
                // A server that ignores the ids would list all records.
                if none || !page.has_next || found.len() >= wanted {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Creates a notification (role CoworkerNotification-Create); the confirmation holds its id.
    pub async fn create(&self, draft: &Draft) -> Result<Confirmation, Rejected> {
        self.send(Request::create(draft)).await?.confirmation(self.transport.now())
    }

    /// Writes a notification's fields (role CoworkerNotification-Edit).
    pub async fn update(&self, update: &Update) -> Result<Confirmation, Rejected> {
        self.send(Request::update(update)).await?.confirmation(self.transport.now())
    }

    /// Deletes a notification (role CoworkerNotification-Delete).
    pub async fn delete(&self, id: NotificationId) -> Result<Confirmation, Rejected> {
        self.send(Request::delete(id)).await?.deletion(self.transport.now())
    }

    /// Sends any call of the API, for callers that need the raw answer: its headers, or fields that nothing here reads.
    pub async fn send(&self, request: Request) -> Result<Response, Failure> {
        self.transport.send(request.to_wire(&self.base)).await
    }
}
