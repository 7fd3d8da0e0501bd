//! The text that the sandbox prints when it starts.

use std::fmt::{self, Display};
use std::io::{self, Write};
use std::net::SocketAddr;

use sandbox::Sandbox;

/// Prints where to find what. The first line is for programs: `listening on http://127.0.0.1:8765`.
///
/// Errors are ignored: the program that started the sandbox may have closed the pipe.
pub(crate) fn print(address: SocketAddr, sandbox: &Sandbox) {
    let _ = write!(io::stdout(), "{}", Banner { address, sandbox });
}

struct Banner<'a> {
    address: SocketAddr,
    sandbox: &'a Sandbox,
}

impl Display for Banner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = format!("http://{}", self.address);
        let options = self.sandbox.options();
        writeln!(f, "listening on {url}\n")?;

        match &options.site {
            Some(site) => writeln!(f, "  page      {url}/  (from {})", site.display())?,
            None => writeln!(f, "  page      none; --site DIR serves one")?,
        }
        writeln!(f, "  API       {url}/api/spaces/coworkernotifications")?;
        writeln!(f, "  controls  {url}/sandbox/info")?;
        writeln!(f, "  seed      {}", options.seed)?;
        if options.generate_every > 0 {
            writeln!(f, "  generator one notification every {} s", options.generate_every)?;
        }

        writeln!(f, "\nCoworkers")?;
        for (coworker, unread) in self.sandbox.coworkers() {
            let who = format!("{}, {}", coworker.name, coworker.company);
            writeln!(f, "  {}  {who:<36} {unread:>6} not dismissed", coworker.id)?;
        }

        writeln!(f, "\nTokens")?;
        for token in self.sandbox.tokens() {
            let roles = match token.roles_in_short() {
                roles if roles.is_empty() => "refused".to_owned(),
                roles => roles,
            };
            writeln!(f, "  {:<12} {roles}", token.token)?;
        }
        writeln!(f, "\nStop with Ctrl-C.")
    }
}
