#[path = "../support/mod.rs"]
mod support;
use support::*;
#[test]
fn t() {
    let mut w = World::new(Server::with(1));
    w.start();
    w.dismiss(&[1]);
    println!("{:?} {:?}", w.ids(), w.tab().feed);
    w.restore(1);
    println!("{:?} {:?}", w.ids(), w.tab().feed);
    w.pass(MINUTE);
    println!("{:?} {:?} {:?}", w.ids(), w.journal, w.server.log);
}
