//! A PostgreSQL server in a folder and on a port of its own, for as long as tests use it.

use std::{
    fs,
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt},
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU32, Ordering},
    },
};

use gateway::store::Location;
use tempfile::TempDir;

/// A server that ends with the last test that uses it.
pub struct Server {
    programs: PathBuf,
    folder: TempDir,
    user: Option<(u32, u32)>,
    port: u16,
    databases: AtomicU32,
}

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// The server that tests share; `None`, and a line that says why, where there can be none.
pub fn server() -> Option<Arc<Server>> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(server) = running.upgrade() {
        return Some(server);
    }
    match Server::start() {
        Ok(server) => {
            let server = Arc::new(server);
            *running = Arc::downgrade(&server);
            Some(server)
        }
        Err(why) => {
            super::say(&format!("PostgreSQL is not tested: {why}"));
            None
        }
    }
}

impl Server {
    fn start() -> Result<Self, String> {
        let programs = programs().ok_or("its programs are not installed (Debian's package postgresql)")?;
        let user = other_user()?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        if let Some((user, group)) = user {
            chown(folder.path(), Some(user), Some(group)).map_err(|error| error.to_string())?;
        }
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).map_err(|e| e.to_string())?;
        let server = Self { programs, folder, user, port: port.port(), databases: AtomicU32::new(0) };
        let data = server.data();
        server.run(
            "initdb",
            &["--auth=trust", "--username=gateway", "--no-sync", "--locale=C", "-E", "UTF8", "-D", &data],
        )?;
        // No crash of this machine has to be survived, only those of gateways.
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off -c max_connections=200",
            server.port,
            server.folder.path().display()
        );
        let log = server.folder.path().join("log");
        server.run("pg_ctl", &["start", "--wait", "-D", &data, "-o", &options, "-l", &log.to_string_lossy()])?;
        Ok(server)
    }

    /// An empty database of its own.
    pub fn database(&self) -> Location {
        let name = format!("gateway_{}", self.databases.fetch_add(1, Ordering::SeqCst));
        let port = self.port.to_string();
        self.run("createdb", &["-h", "127.0.0.1", "-p", &port, "-U", "gateway", &name]).expect("a database");
        Location::Postgres(format!("postgres://gateway@127.0.0.1:{port}/{name}"))
    }

    fn data(&self) -> String {
        self.folder.path().join("data").to_string_lossy().into_owned()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let mut command = Command::new(self.programs.join(program));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        if program == "pg_ctl" {
            // The server inherits these, and an open pipe would be waited for.
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        let Output { status, stderr, .. } = command.output().map_err(|error| error.to_string())?;
        let words = String::from_utf8_lossy(&stderr);
        if status.success() { Ok(()) } else { Err(format!("{program} fails: {}", words.trim())) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["stop", "--wait", "-m", "immediate", "-D", &self.data()]).ok();
    }
}

/// Where `initdb` is: Debian keeps a folder for each version outside of the path.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").is_file())
}

/// PostgreSQL does not run as root, so root runs it as somebody else.
fn other_user() -> Result<Option<(u32, u32)>, String> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().ok().filter(|output| output.status.success())?;
        String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().ok()
    };
    if id(&["-u"]) != Some(0) {
        return Ok(None);
    }
    let user = ["postgres", "nobody"].iter().find_map(|user| Some((id(&["-u", user])?, id(&["-g", user])?)));
    user.map(Some).ok_or_else(|| "there is no other user than root to run it".into())
}
