//! Tabs, a lock manager as the Web Locks API describes it, and a channel between them.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;

#[derive(Default)]
struct Browser {
    tabs: Vec<Candidate>,
    /// Whether each tab still runs.
    alive: Vec<bool>,
    holder: Option<usize>,
    queue: VecDeque<usize>,
    /// What is on its way to a tab.
    post: VecDeque<(usize, Happening)>,
}

impl Browser {
    fn with(tabs: usize) -> Self {
        let candidates = (0..tabs).map(|_| Candidate::default()).collect();
        Self { tabs: candidates, alive: vec![true; tabs], ..Self::default() }
    }

    /// Something happens to a tab, and all that follows from it.
    fn happens(&mut self, tab: usize, happening: Happening) {
        self.post.push_back((tab, happening));
        for _ in 0..10_000 {
            let Some((tab, happening)) = self.post.pop_front() else { return };
            if self.alive[tab] {
                let actions = self.tabs[tab].step(happening);
                actions.into_iter().for_each(|action| self.act(tab, action));
            }
        }
        panic!("the tabs never come to an end");
    }

    fn act(&mut self, tab: usize, action: Action) {
        match action {
            Action::Request(Manner::Queue) => self.queue.push_back(tab),
            Action::Request(Manner::IfFree) if self.holder.is_some() || !self.queue.is_empty() => {
                self.post.push_back((tab, Happening::Lost));
            }
            Action::Request(Manner::IfFree) => self.queue.push_back(tab),
            Action::Request(Manner::Steal) => {
                if let Some(holder) = self.holder.take() {
                    self.post.push_back((holder, Happening::Lost));
                }
                self.queue.push_front(tab);
            }
            Action::Release => self.release(tab),
            Action::PostLeads(rank) => self.post(tab, Happening::Leads(rank)),
            Action::PostWants(rank) => self.post(tab, Happening::Wants(rank)),
            Action::Lead(_) => {}
        }
        self.grant();
    }

    fn grant(&mut self) {
        if self.holder.is_none()
            && let Some(tab) = self.queue.pop_front()
        {
            self.holder = Some(tab);
            self.post.push_back((tab, Happening::Granted));
        }
    }

    fn release(&mut self, tab: usize) {
        self.queue.retain(|other| *other != tab);
        self.holder = self.holder.filter(|holder| *holder != tab);
        // A grant that is on its way comes to nothing.
        self.post.retain(|one| *one != (tab, Happening::Granted));
    }

    fn post(&mut self, from: usize, happening: Happening) {
        let others = (0..self.tabs.len()).filter(|tab| *tab != from);
        self.post.extend(others.map(|tab| (tab, happening)));
    }

    fn crashes(&mut self, tab: usize) {
        self.alive[tab] = false;
        self.release(tab);
        self.grant();
        // Delivers the grant to the next tab.
        self.happens(tab, Happening::Silence);
    }

    fn offers(&mut self, tab: usize, rank: Rank) {
        self.happens(tab, Happening::Offer(Some(rank)));
    }

    fn leaders(&self) -> Vec<usize> {
        (0..self.tabs.len()).filter(|tab| self.alive[*tab] && self.tabs[*tab].leads()).collect()
    }
}

#[test]
fn a_lone_tab_leads_whatever_its_rank() {
    for rank in [Rank::Hidden, Rank::Alerts, Rank::Idle, Rank::Polls, Rank::Streams] {
        let mut browser = Browser::with(1);
        browser.offers(0, rank);
        assert_eq!(browser.leaders(), [0], "{rank:?}");
    }
}

#[test]
fn the_first_of_equals_leads_and_the_next_follows_when_it_goes() {
    let mut browser = Browser::with(3);
    (0..3).for_each(|tab| browser.offers(tab, Rank::Polls));
    assert_eq!(browser.leaders(), [0]);
    browser.happens(0, Happening::Offer(None));
    assert_eq!(browser.leaders(), [1]);
    browser.crashes(1);
    assert_eq!(browser.leaders(), [2]);
}

#[test]
fn a_tab_that_polls_takes_over_from_one_that_cannot() {
    let mut browser = Browser::with(2);
    browser.offers(0, Rank::Idle);
    browser.offers(1, Rank::Polls);
    assert_eq!(browser.leaders(), [1]);
    browser.offers(0, Rank::Polls);
    assert_eq!(browser.leaders(), [1], "an equal takes nothing");
    browser.offers(1, Rank::Idle);
    assert_eq!(browser.leaders(), [0]);
}

#[test]
fn a_tab_that_comes_hears_who_leads() {
    let mut leader = Candidate::default();
    leader.step(Happening::Offer(Some(Rank::Streams)));
    leader.step(Happening::Granted);
    assert_eq!(leader.step(Happening::Wants(Rank::Polls)), [Action::PostLeads(Rank::Streams)]);
    let mut follower = Candidate::default();
    follower.step(Happening::Offer(Some(Rank::Polls)));
    assert_eq!(follower.step(Happening::Wants(Rank::Polls)), []);
}

#[test]
fn a_hidden_leader_holds_no_lock_and_leads_on_until_another_is_seen() {
    let mut browser = Browser::with(2);
    browser.offers(0, Rank::Polls);
    browser.offers(0, Rank::Hidden);
    assert_eq!((browser.leaders(), browser.holder), (vec![0], None));
    browser.offers(1, Rank::Polls);
    assert_eq!((browser.leaders(), browser.holder), (vec![1], Some(1)));
    browser.offers(1, Rank::Hidden);
    browser.offers(0, Rank::Polls);
    assert_eq!(browser.leaders(), [0]);
}

#[test]
fn a_page_that_may_go_gives_the_lock_back_and_takes_it_again_if_it_stays() {
    let mut browser = Browser::with(1);
    browser.offers(0, Rank::Polls);
    browser.happens(0, Happening::Loosen);
    assert_eq!((browser.leaders(), browser.holder), (vec![0], None));
    browser.offers(0, Rank::Polls);
    assert_eq!((browser.leaders(), browser.holder), (vec![0], Some(0)));
}

#[test]
fn a_follower_that_hears_nothing_takes_the_lead_from_a_tab_that_hangs() {
    let mut browser = Browser::with(2);
    browser.offers(0, Rank::Polls);
    browser.offers(1, Rank::Polls);
    // An open alert(): the tab does not even learn that it has lost the lock.
    browser.alive[0] = false;
    browser.happens(1, Happening::Silence);
    assert_eq!(browser.leaders(), [1]);
    browser.alive[0] = true;
    browser.happens(0, Happening::Lost);
    assert_eq!(browser.leaders(), [1]);
}

#[test]
fn without_a_lock_manager_each_tab_leads() {
    let mut tab = Candidate::default();
    let asks = [Action::Request(Manner::Queue), Action::PostWants(Rank::Polls)];
    assert_eq!(tab.step(Happening::Offer(Some(Rank::Polls))), asks);
    assert_eq!(tab.step(Happening::NoLocks), [Action::Lead(true)]);
    assert_eq!(tab.step(Happening::Leads(Rank::Streams)), []);
    assert_eq!(tab.step(Happening::Offer(None)), [Action::Lead(false)]);
    assert_eq!(tab.step(Happening::Offer(Some(Rank::Polls))), [Action::Lead(true)]);
}

fn rank() -> impl Strategy<Value = Rank> {
    prop_oneof![Just(Rank::Hidden), Just(Rank::Alerts), Just(Rank::Idle), Just(Rank::Polls), Just(Rank::Streams)]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => rank().prop_map(|rank| Happening::Offer(Some(rank))),
        1 => Just(Happening::Offer(None)),
        1 => Just(Happening::Loosen),
        1 => Just(Happening::Silence),
    ]
}

proptest! {
    #[test]
    fn in_the_end_one_tab_leads_and_it_is_one_of_the_best(
        story in prop::collection::vec((0_usize..4, happening()), 0..40),
        last in prop::collection::vec(rank(), 4),
    ) {
        let mut browser = Browser::with(4);
        for (tab, happening) in story {
            browser.happens(tab, happening);
            prop_assert!(browser.leaders().len() <= 1, "{:?}", browser.leaders());
        }
        for (tab, rank) in last.iter().enumerate() {
            browser.offers(tab, *rank);
        }
        let leaders = browser.leaders();
        let best = last.iter().max().copied();
        if best > Some(Rank::Hidden) {
            prop_assert_eq!(leaders.len(), 1);
            prop_assert_eq!(leaders.first().map(|tab| last[*tab]), best);
        } else {
            prop_assert!(leaders.len() <= 1);
        }
    }
}
