//! The CoworkerNotifications API of Nexudus: what is sent, and what the answers mean.
//!
//! Endpoints are plain data ([`Request`]), answers too ([`Response`]); between them stands a [`Transport`], which is
//! the only part that knows a network. [`Client`] puts the three together:
//!
//! ```
//! use coworker_notifications::{api::{ApiBase, Client, ListQuery, Response, Transport, WireRequest}, error::Failure, model::CoworkerId};
//!
//! struct Canned;
//!
//! impl Transport for Canned {
//!     async fn send(&self, request: WireRequest) -> Result<Response, Failure> {
//!         assert!(request.url.ends_with("?CoworkerNotification_Coworker=1001&size=10"));
//!         Ok(Response { status: 200, body: r#"{"Records": [], "TotalItems": 0}"#.into(), ..Response::default() })
//!     }
//! }
//!
//! # async fn example() -> Result<(), Failure> {
//! let client = Client::new(ApiBase::default(), Canned);
//! let page = client.list(&ListQuery::new().coworker(CoworkerId(1001)).size(10)).await?;
//! assert_eq!(page.total, 0);
//! # Ok(())
//! # }
//! ```
//!
//! Source for names and shapes: the Nexudus REST reference, "CoworkerNotification". Its versions contradict each other
//! in places; decoding takes what any of them describes.

mod answer;
mod body;
mod client;
mod confirmation;
mod decode;
mod draft;
mod monitor;
mod origin;
mod query;
mod record;
mod request;
mod retry_after;
mod status;

pub use answer::{Response, check};
pub use client::{Client, Transport};
pub use confirmation::{Confirmation, Rejected, ValidationError, decode_confirmation};
pub use decode::{Page, Unreadable, decode_list, decode_record};
pub use draft::{Draft, Update};
pub use origin::ApiBase;
pub use query::{Dir, ListQuery, OrderBy};
pub use record::{encode_list, encode_record};
pub use request::{Method, Request, WireRequest};
