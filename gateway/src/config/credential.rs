//! The space's credential: a token, a token's file, or a user who signs in.

use super::secret::Secret;
use super::values::ConfigValues;
use crate::nexudus::{self, Credential};

const TOKEN: &str = "NEXUDUS_TOKEN";
const TOKEN_FILE: &str = "NEXUDUS_TOKEN_FILE";
const USERNAME: &str = "NEXUDUS_USERNAME";
const PASSWORD: &str = "NEXUDUS_PASSWORD";
const PASSWORD_FILE: &str = "NEXUDUS_PASSWORD_FILE";

/// The variables that the credential comes in.
pub const CREDENTIAL_VARIABLES: [&str; 5] = [TOKEN, TOKEN_FILE, USERNAME, PASSWORD, PASSWORD_FILE];

/// Reads the credential. `None`: it is missing or cannot be used, and `values` has collected why.
pub(super) fn read(values: &mut ConfigValues<'_>) -> Option<Credential> {
    let has = |name| values.has_variable(name);
    let (token, token_file, name) = (has(TOKEN), has(TOKEN_FILE), has(USERNAME));
    let (password, password_file) = (has(PASSWORD), has(PASSWORD_FILE));
    let one_of_two =
        |name: &str, other| (name.to_owned(), format!("is set, and so is {other}; one of the two is needed"));
    let wrong = match (token || token_file, name, password || password_file) {
        _ if token && token_file => one_of_two(TOKEN, TOKEN_FILE),
        _ if password && password_file => one_of_two(PASSWORD, PASSWORD_FILE),
        (true, true, _) => one_of_two(if token { TOKEN } else { TOKEN_FILE }, USERNAME),
        (true, _, true) => one_of_two(if token { TOKEN } else { TOKEN_FILE }, PASSWORD),
        (false, true, false) => {
            (USERNAME.to_owned(), format!("is set without a password; {PASSWORD} or {PASSWORD_FILE} is needed, too"))
        }
        (false, false, true) => {
            let name = if password { PASSWORD } else { PASSWORD_FILE };
            (name.to_owned(), format!("is set without a user; {USERNAME} is needed, too"))
        }
        (false, false, false) => {
            values.missing(
                TOKEN,
                "is not set; the space's credential is needed: NEXUDUS_TOKEN, NEXUDUS_TOKEN_FILE, or NEXUDUS_USERNAME \
                 with NEXUDUS_PASSWORD or NEXUDUS_PASSWORD_FILE",
            );
            return None;
        }
        (true, false, false) if token => return read_token(values),
        (true, false, false) => return read_token_file(values),
        (false, true, true) => return read_user(values, password),
    };
    values.invalid_secret(&wrong.0, &wrong.1);
    None
}

fn read_token(values: &mut ConfigValues<'_>) -> Option<Credential> {
    let secret = values.secret_variable(TOKEN)?;
    check_token(values, TOKEN, &secret).map(|token| Credential::Token(nexudus::Secret::new(token)))
}

/// The credential keeps the file's path, because the file is read again when Nexudus refuses the token.
fn read_token_file(values: &mut ConfigValues<'_>) -> Option<Credential> {
    let (path, secret) = values.secret_file_variable(TOKEN_FILE)?;
    check_token(values, TOKEN_FILE, &secret).map(|_| Credential::TokenFile(path))
}

fn read_user(values: &mut ConfigValues<'_>, by_variable: bool) -> Option<Credential> {
    let username = values.text_variable(USERNAME, super::parse_text);
    let (name, secret) = match by_variable {
        true => (PASSWORD, values.secret_variable(PASSWORD)?),
        false => (PASSWORD_FILE, values.secret_file_variable(PASSWORD_FILE)?.1),
    };
    let password = std::str::from_utf8(secret.reveal()).ok().map(nexudus::Secret::new);
    if password.is_none() {
        values.invalid_secret(name, "is not text in UTF-8; the password is needed");
    }
    Some(Credential::Password { username: username?, password: password? })
}

/// Checks that a text can be a token. The word `Bearer` before it is left out.
fn check_token(values: &mut ConfigValues<'_>, name: &str, secret: &Secret) -> Option<String> {
    let text = std::str::from_utf8(secret.reveal()).ok().map(|text| text.strip_prefix("Bearer ").unwrap_or(text));
    let usable = text.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()));
    if usable.is_none() {
        values.invalid_secret(
            name,
            "holds characters that no token has (spaces, line breaks, or others than ASCII); the token alone is needed",
        );
    }
    usable.map(str::to_owned)
}
