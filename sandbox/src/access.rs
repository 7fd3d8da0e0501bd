//! Access control: bearer tokens and their roles.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, Serializer};

use crate::error::ApiError;
use crate::people::{COWORKERS, ONE_OF_EACH, SECOND_PROFILE};
use crate::state::Sandbox;

/// How long an issued token lasts, in seconds. The number the vendor answers with.
pub(crate) const TOKEN_LIFETIME: i64 = 604_799;
/// The password of all users, at the token endpoint.
pub(crate) const PASSWORD: &str = "harbour";

const ADMIN: &str = "admin@harbourworks.example";
const OPERATOR: &str = "operator@harbourworks.example";
const EXPIRED: &str = "expired";
/// What a member's own token begins with; the coworker's id follows.
const OWN: &str = "portal-";
/// The own token of a member who has two profiles.
const OWN_TWO: &str = "portal-two";

/// What a token may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    List,
    Read,
    Create,
    Edit,
    Delete,
}

impl Role {
    const ALL: &[Role] = &[Role::List, Role::Read, Role::Create, Role::Edit, Role::Delete];
    const MEMBER: &[Role] = &[Role::List, Role::Read, Role::Edit];
    const READER: &[Role] = &[Role::List, Role::Read];
    const OPERATOR: &[Role] = &[Role::List, Role::Read, Role::Create];

    /// The vendor's name of the role.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::List => "CoworkerNotification-List",
            Role::Read => "CoworkerNotification-Read",
            Role::Create => "CoworkerNotification-Create",
            Role::Edit => "CoworkerNotification-Edit",
            Role::Delete => "CoworkerNotification-Delete",
        }
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The holder of a token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Client {
    /// Written into `UpdatedBy`.
    pub(crate) email: &'static str,
    roles: &'static [Role],
}

impl Client {
    /// Refuses the request unless the client has the role.
    pub(crate) fn must_have(&self, role: Role) -> Result<(), ApiError> {
        if self.roles.contains(&role) { Ok(()) } else { Err(ApiError::RoleMissing(role)) }
    }
}

impl FromRequestParts<Sandbox> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, sandbox: &Sandbox) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).ok_or(ApiError::TokenMissing)?;
        sandbox.data().tokens.client(token, sandbox.now())
    }
}

/// The token of a request, if it has one.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// A token that always works (or never), as `/sandbox/info` lists it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenInfo {
    /// What goes behind `Bearer`.
    pub token: String,
    /// Who or what it stands for.
    pub name: String,
    /// What it may be used for.
    roles: &'static [Role],
    /// Whose it is, for tokens of members.
    pub coworker_id: Option<i64>,
    #[serde(skip)]
    email: &'static str,
}

impl TokenInfo {
    /// The roles by the vendor's names, without their common prefix: `List, Read`.
    pub fn roles_in_short(&self) -> String {
        let names = self.roles.iter().map(|role| role.name().trim_start_matches("CoworkerNotification-"));
        names.collect::<Vec<_>>().join(", ")
    }
}

/// Tokens that are known from the start, and those that the token endpoint gave out.
#[derive(Debug)]
pub(crate) struct Tokens {
    standing: Vec<TokenInfo>,
    issued: BTreeMap<String, Grant>,
    refresh: BTreeMap<String, Client>,
    /// Tokens that were ended before their time.
    ended: BTreeSet<String>,
    count: u32,
}

#[derive(Debug)]
struct Grant {
    client: Client,
    expires_on: DateTime<Utc>,
}

/// What the token endpoint answers.
#[derive(Debug, Serialize)]
pub(crate) struct IssuedToken {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
}

impl Tokens {
    pub(crate) fn new() -> Self {
        let fixed = |token: &str, name: &str, roles, email| TokenInfo {
            token: token.to_owned(),
            name: name.to_owned(),
            roles,
            coworker_id: None,
            email,
        };
        let mut standing = vec![
            fixed("admin", "Administrator", Role::ALL, ADMIN),
            fixed("operator", "Operator", Role::OPERATOR, OPERATOR),
        ];
        for coworker in &COWORKERS {
            for (kind, roles) in [("member", Role::MEMBER), ("reader", Role::READER)] {
                standing.push(TokenInfo {
                    token: format!("{kind}-{}", coworker.id),
                    name: format!("{} ({kind})", coworker.name),
                    roles,
                    coworker_id: Some(coworker.id),
                    email: coworker.email,
                });
            }
        }
        standing.push(fixed(EXPIRED, "Expired", &[], ""));
        Self { standing, issued: BTreeMap::new(), refresh: BTreeMap::new(), ended: BTreeSet::new(), count: 0 }
    }

    pub(crate) fn standing(&self) -> &[TokenInfo] {
        &self.standing
    }

    /// Whose token it is.
    fn client(&self, token: &str, now: DateTime<Utc>) -> Result<Client, ApiError> {
        if token == EXPIRED || self.ended.contains(token) {
            return Err(ApiError::TokenExpired);
        }
        if let Some(info) = self.standing.iter().find(|info| info.token == token) {
            return Ok(Client { email: info.email, roles: info.roles });
        }
        match self.issued.get(token) {
            Some(grant) if now < grant.expires_on => Ok(grant.client.clone()),
            Some(_) => Err(ApiError::TokenExpired),
            None => Err(ApiError::TokenUnknown),
        }
    }

    /// The coworkers that a member's own token stands for, the default one first. `is_member` says which ids exist.
    pub(crate) fn profiles(
        &self,
        token: &str,
        now: DateTime<Utc>,
        is_member: impl Fn(i64) -> bool,
    ) -> Result<Vec<i64>, ApiError> {
        if token == OWN_TWO && !self.ended.contains(token) {
            return Ok(vec![ONE_OF_EACH, SECOND_PROFILE]);
        }
        if let Some(id) = token.strip_prefix(OWN).and_then(|id| id.parse().ok()).filter(|id| is_member(*id)) {
            return if self.ended.contains(token) { Err(ApiError::TokenExpired) } else { Ok(vec![id]) };
        }
        let client = self.client(token, now)?;
        let member = COWORKERS.iter().find(|coworker| coworker.email == client.email);
        member.map(|coworker| vec![coworker.id]).ok_or(ApiError::TokenUnknown)
    }

    /// Ends a token before its time: from now on it has expired.
    pub(crate) fn end(&mut self, token: String) {
        self.ended.insert(token);
    }

    /// A token for a user name (the e-mail) and password, which is good for `lifetime` seconds.
    pub(crate) fn sign_in(
        &mut self,
        username: &str,
        password: &str,
        now: DateTime<Utc>,
        lifetime: i64,
    ) -> Option<IssuedToken> {
        let info =
            self.standing.iter().find(|info| !info.email.is_empty() && info.email.eq_ignore_ascii_case(username))?;
        let client = Client { email: info.email, roles: info.roles };
        (password == PASSWORD).then(|| self.issue(client, now, lifetime))
    }

    /// A new token for a refresh token, which is good for one use.
    pub(crate) fn renew(&mut self, refresh_token: &str, now: DateTime<Utc>, lifetime: i64) -> Option<IssuedToken> {
        let client = self.refresh.remove(refresh_token)?;
        Some(self.issue(client, now, lifetime))
    }

    fn issue(&mut self, client: Client, now: DateTime<Utc>, lifetime: i64) -> IssuedToken {
        self.count += 1;
        let issued = IssuedToken {
            access_token: format!("access-{}", self.count),
            token_type: "bearer",
            expires_in: lifetime,
            refresh_token: format!("refresh-{}", self.count),
        };
        let expires_on = now + TimeDelta::seconds(lifetime);
        let grant = Grant { client: client.clone(), expires_on };
        self.issued.insert(issued.access_token.clone(), grant);
        self.refresh.insert(issued.refresh_token.clone(), client);
        issued
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issued_token_ends_when_it_says() {
        let mut tokens = Tokens::new();
        let now = Utc::now();
        let issued = tokens.sign_in(ADMIN, PASSWORD, now, TOKEN_LIFETIME).expect("a token");
        let client = |seconds| tokens.client(&issued.access_token, now + TimeDelta::seconds(seconds));
        assert!(client(TOKEN_LIFETIME - 1).is_ok());
        assert!(matches!(client(TOKEN_LIFETIME), Err(ApiError::TokenExpired)));
    }
}
