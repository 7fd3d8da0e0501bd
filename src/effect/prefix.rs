//! `(3) ` before the page's title. The page may change the title, read it back, or restore an earlier one.

/// How many written titles are remembered, to know one when the page puts it back.
const MOST: usize = 20;
/// How often in one second the title is set again after a change by the page.
const TURNS: u32 = 10;

/// The page's own title, and the title with its prefix.
#[derive(Debug, Default)]
pub(super) struct PrefixedTitle {
    own: String,
    shown: String,
    /// Titles written here, and how long their prefix is. The latest is the last.
    written: Vec<(String, usize)>,
    /// When the title was last set again (seconds since the Unix epoch), and how often in that second.
    turns: (f64, u32),
}

impl PrefixedTitle {
    /// Whether the title may be set again after a change by the page; `wall` is the time in milliseconds.
    ///
    /// A page may insist on its title, and another script may put a count of its own before it. Observers run before
    /// anything else in the page: without an end to it, the page would hang. So the page has the last word.
    pub(super) fn may_answer(&mut self, wall: f64) -> bool {
        let second = (wall / 1_000.0).floor();
        let turns = if self.turns.0 == second { self.turns.1 } else { 0 };
        self.turns = (second, turns + 1);
        turns < TURNS
    }

    /// The title to set for this unread count; `None` if `title` is right already.
    pub(super) fn update(&mut self, title: &str, count: u32) -> Option<&str> {
        if title != self.shown {
            self.own = self.own_part(title).to_owned();
        }
        let prefix = if count == 0 { String::new() } else { ["(", &count.to_string(), ") "].concat() };
        // Browsers trim a title: an empty title leaves no space behind the prefix.
        self.shown = [&prefix, &*self.own].concat().trim().to_owned();
        if count > 0 {
            self.written.retain(|(written, _)| *written != self.shown);
            self.written.push((self.shown.clone(), prefix.len().min(self.shown.len())));
            if self.written.len() > MOST {
                self.written.remove(0);
            }
        }
        (title != self.shown).then_some(&*self.shown)
    }

    /// The title that is right.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// The title without our prefix. A prefix that the page wrote itself stays, even if it looks like ours.
    fn own_part<'a>(&self, title: &'a str) -> &'a str {
        let ours = self.written.iter().rev().find(|(written, prefix)| {
            let is_prefix_alone = written.len() == *prefix;
            title == written || !is_prefix_alone && title.starts_with(written)
        });
        ours.and_then(|(_, prefix)| title.get(*prefix..)).unwrap_or(title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document whose title a page and a bell write.
    #[derive(Default)]
    struct Document {
        title: String,
        prefixed: PrefixedTitle,
        count: u32,
    }

    impl Document {
        fn with(title: &str, count: u32) -> Self {
            let mut document = Self { count, ..Self::default() };
            document.page_sets(title);
            document
        }

        fn page_sets(&mut self, title: &str) -> &str {
            self.title = title.to_owned();
            self.counts(self.count)
        }

        fn counts(&mut self, count: u32) -> &str {
            self.count = count;
            if let Some(title) = self.prefixed.update(&self.title, count) {
                self.title = title.to_owned();
            }
            assert_eq!(self.prefixed.update(&self.title.clone(), count), None, "nothing is left to do");
            &self.title
        }
    }

    #[test]
    fn one_prefix_while_something_is_unread() {
        let mut document = Document::with("A page", 3);
        assert_eq!(document.title, "(3) A page");
        assert_eq!(document.counts(4), "(4) A page");
        assert_eq!(document.page_sets("Invoices"), "(4) Invoices");
        assert_eq!(document.counts(0), "Invoices");
        assert_eq!(document.page_sets("A page"), "A page");
    }

    #[test]
    fn an_empty_title_shows_the_prefix_alone_and_then_what_follows() {
        let mut document = Document::with("A page", 4);
        assert_eq!(document.page_sets(""), "(4)");
        assert_eq!(document.counts(3), "(3)");
        assert_eq!(document.page_sets("Invoices"), "(3) Invoices");
        assert_eq!(document.page_sets(""), "(3)");
        assert_eq!(document.counts(0), "");
    }

    #[test]
    fn a_title_that_the_page_read_back_is_known_again() {
        let mut document = Document::with("A page", 3);
        let kept = document.title.clone();
        document.page_sets("Invoices");
        document.counts(5);
        assert_eq!(document.page_sets(&kept), "(5) A page");
        assert_eq!(document.page_sets("(3) A page | Harbour Works"), "(5) A page | Harbour Works");
        assert_eq!(document.counts(0), "A page | Harbour Works");
    }

    #[test]
    fn a_contest_for_the_title_has_an_end_and_the_next_second_is_another_one() {
        let mut title = PrefixedTitle::default();
        assert_eq!((0..1_000).filter(|_| title.may_answer(5_500.0)).count(), 10);
        assert!(title.may_answer(6_000.0));
    }

    #[test]
    fn a_number_of_the_pages_own_is_kept() {
        let mut document = Document::with("(3) drafts", 3);
        assert_eq!(document.title, "(3) (3) drafts");
        assert_eq!(document.counts(0), "(3) drafts");
        assert_eq!(document.counts(3), "(3) (3) drafts");
        assert_eq!(document.page_sets("(3) letters"), "(3) (3) letters");
        assert_eq!(document.page_sets(""), "(3)");
        assert_eq!(document.page_sets("(3) drafts"), "(3) (3) drafts");
        assert_eq!(document.counts(0), "(3) drafts");
    }
}
