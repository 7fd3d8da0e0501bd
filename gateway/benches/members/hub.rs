//! An established hub of server-sent events: nginx with Nchan, as Debian has both. It knows channels and messages, and
//! nothing of members or Nexudus: somebody has to publish to it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::connection::{self, Protocol};
use crate::process::{self, Error, Running, free_address};
use crate::report::Pushed;

const NGINX: &str = "/usr/sbin/nginx";
const MODULE: &str = "/usr/lib/nginx/modules/ngx_nchan_module.so";
/// Connections that publish side by side.
const PUBLISHERS: usize = 16;
const PATIENCE: u32 = 100;

/// How it subscribes.
#[derive(Clone, Copy)]
struct Nchan;

impl Protocol for Nchan {
    fn request(self, member: i64) -> String {
        connection::request(&format!("/sub/{member}"), None, None).replace("*/*", "text/event-stream")
    }

    const OPEN: &'static str = "HTTP/1.1 200";
    const EVENT: &'static str = "data: ";
}

/// Whether both packages are there.
pub(crate) fn is_there() -> bool {
    Path::new(NGINX).exists() && Path::new(MODULE).exists()
}

/// A channel for each member, a message to each.
pub(crate) async fn measure(members: u32) -> Result<Pushed, Error> {
    let folder = tempfile::tempdir()?;
    let address = free_address()?;
    let place = folder.path().display();
    let configuration = format!(
        "load_module {MODULE};\nuser root;\ndaemon off;\npid {place}/pid;\nerror_log {place}/error.log;\nworker_processes 2;\n\
         worker_rlimit_nofile 20000;\nevents {{ worker_connections 16000; }}\n\
         http {{ access_log off; client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;\n\
         fastcgi_temp_path {place}/fastcgi; uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;\n\
         server {{ listen {address}; keepalive_requests 1000000;\n\
         location ~ ^/sub/(\\d+)$ {{ nchan_subscriber eventsource; nchan_channel_id $1; }}\n\
         location ~ ^/pub/(\\d+)$ {{ nchan_publisher; nchan_channel_id $1; }} }} }}\n"
    );
    let file = folder.path().join("nginx.conf");
    std::fs::write(&file, configuration)?;
    let mut nginx = Command::new(NGINX);
    nginx.arg("-c").arg(&file).arg("-p").arg(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
    let nginx = Hub(Running(nginx.spawn()?));
    for _ in 0..PATIENCE {
        if TcpStream::connect(address).await.is_ok() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    let ids: Vec<i64> = (1..=i64::from(members)).collect();
    let empty = nginx.memory()?;
    let streams = connection::listen(address, &ids, Nchan).await?;
    let memory = nginx.memory()?;
    let sent = Instant::now();
    let publishing = publish(address, &ids);
    let (received, published) = tokio::join!(streams.all_receive(sent), publishing);
    published?;
    Ok(Pushed { members, empty, memory, received: received? })
}

async fn publish(address: SocketAddr, ids: &[i64]) -> Result<(), Error> {
    let mut publishing = JoinSet::new();
    for share in ids.chunks(ids.len().div_ceil(PUBLISHERS)) {
        let share = share.to_vec();
        publishing.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            for id in share {
                let body = r#"{"total":1,"newest":1}"#;
                connection::ask(&mut stream, &connection::with_body("POST", &format!("/pub/{id}"), body)).await?;
            }
            Ok::<(), std::io::Error>(())
        });
    }
    while let Some(done) = publishing.join_next().await {
        done??;
    }
    Ok(())
}

/// Its master process, which ends its workers when it is terminated.
struct Hub(Running);

impl Hub {
    fn memory(&self) -> Result<u64, Error> {
        let master = self.0.id();
        process::children(master)?.into_iter().chain([master]).map(process::share_of_memory).sum()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        std::thread::sleep(Duration::from_millis(500));
    }
}
