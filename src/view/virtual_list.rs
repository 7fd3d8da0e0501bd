//! Which rows are near the viewport, when there are far more than belong in the DOM.
//!
//! Heights differ from row to row. A row's height is known once it has been drawn; until then it is estimated. The
//! list keeps its length through blank spacers.

use std::ops::Range;

use super::rows::Rows;
use crate::{model::NotificationId, sorted::SortedMap};

/// Rows are drawn this far beyond the viewport, so that scrolling a little draws nothing new.
const MARGIN: f64 = 320.0;

/// Where every row stands, in CSS pixels from the top of the list.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Measured heights.
    known: SortedMap<NotificationId, f64>,
    estimate: f64,
    heading: f64,
    /// Sum of the heights of the rows before each row, headings left out; one more entry than rows.
    sums: Vec<f64>,
}

impl Default for Layout {
    fn default() -> Self {
        Self { known: SortedMap::new(), estimate: 88.0, heading: 32.0, sums: vec![0.0] }
    }
}

impl Layout {
    /// Computes the places of these rows.
    pub(super) fn lay_out(&mut self, rows: &Rows) {
        self.sums.clear();
        self.sums.reserve(rows.len() + 1);
        let mut sum = 0.0;
        self.sums.push(sum);
        for item in rows.items.iter() {
            // Of ten thousand rows, none is looked at before one has been measured.
            sum += if self.known.is_empty() { self.estimate } else { self.height(item.id) };
            self.sums.push(sum);
        }
    }

    /// Takes in heights measured in the DOM, of the rows with these indices in this order, and moves the rows below.
    pub(super) fn measured(&mut self, heights: &[(usize, NotificationId, f64)], heading: Option<f64>) {
        self.heading = heading.unwrap_or(self.heading);
        if self.known.is_empty() && !heights.is_empty() {
            self.estimate = heights.iter().map(|(_, _, height)| height).sum::<f64>() / heights.len() as f64;
            for (index, sum) in self.sums.iter_mut().enumerate() {
                *sum = index as f64 * self.estimate;
            }
        }
        let mut changed = Vec::new();
        for (index, id, height) in heights {
            let taller = height - self.height(*id);
            self.known.insert(*id, *height);
            if taller != 0.0 {
                changed.push((*index, taller));
            }
        }
        let mut shift = 0.0;
        let mut changed = changed.into_iter().peekable();
        for (index, sum) in self.sums.iter_mut().enumerate().skip(changed.peek().map_or(usize::MAX, |first| first.0)) {
            *sum += shift;
            while let Some((_, taller)) = changed.next_if(|(row, _)| *row <= index) {
                shift += taller;
            }
        }
    }

    /// The assumed height of a row that has not been drawn yet.
    pub(super) fn estimate(&self) -> f64 {
        self.estimate
    }

    fn height(&self, id: NotificationId) -> f64 {
        self.known.get(&id).copied().unwrap_or(self.estimate)
    }

    /// Forgets all heights: the width or the size of the text has changed.
    pub(super) fn forget(&mut self) {
        self.known = SortedMap::new();
    }

    /// The blank space that stands in for rows.
    pub(super) fn space(&self, rows: &Range<usize>) -> f64 {
        self.sum(rows.end) - self.sum(rows.start)
    }

    /// The rows that a stretch of the list touches.
    pub(super) fn touched(&self, rows: &Rows, from: f64, to: f64) -> Range<usize> {
        let start = first(rows.len(), |index| self.top(rows, index + 1) > from);
        let end = first(rows.len(), |index| self.top(rows, index) >= to);
        start..end.max(start)
    }

    /// The rows to draw for a viewport: those in it and some around.
    pub(super) fn window(&self, rows: &Rows, from: f64, to: f64) -> Range<usize> {
        self.touched(rows, from - MARGIN, to + MARGIN)
    }

    /// The top of a row.
    pub(super) fn top(&self, rows: &Rows, index: usize) -> f64 {
        let headings = rows.groups.iter().filter(|group| group.start <= index && !group.is_empty()).count();
        self.sum(index) + headings as f64 * self.heading
    }

    fn sum(&self, index: usize) -> f64 {
        self.sums.get(index).or(self.sums.last()).copied().unwrap_or_default()
    }
}

/// A piece of a list as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// One row.
    Row(usize),
    /// Blank space in place of these rows.
    Space(Range<usize>),
}

/// The pieces of one group: the rows in the window, and always the keyboard's row, so that scrolling never takes focus
/// away.
pub(super) fn pieces(group: &Range<usize>, window: &Range<usize>, kept: Option<usize>) -> Vec<Piece> {
    let start = window.start.clamp(group.start, group.end);
    let end = window.end.clamp(start, group.end);
    let kept = kept.filter(|index| group.contains(index) && !(start..end).contains(index));
    let rows = kept.filter(|index| *index < start).into_iter();
    let rows = rows.chain(start..end).chain(kept.filter(|index| *index >= end));
    let mut pieces = Vec::new();
    let mut next = group.start;
    for row in rows {
        if next < row {
            pieces.push(Piece::Space(next..row));
        }
        pieces.push(Piece::Row(row));
        next = row + 1;
    }
    if next < group.end {
        pieces.push(Piece::Space(next..group.end));
    }
    pieces
}

/// The first index below `len` for which a monotone question is answered yes, else `len`.
fn first(len: usize, yes: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if yes(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::view::{testing::note, time::Days};

    fn rows(ids: impl Iterator<Item = i64>) -> Rows {
        Rows::new(&ids.map(|id| Rc::new(note(id, "blog", Some(0)))).collect(), None, &Days::default())
    }

    fn even(rows: &Rows, height: f64) -> Layout {
        let mut layout = Layout::default();
        layout.lay_out(rows);
        let heights: Vec<_> = rows.items.iter().enumerate().map(|(index, item)| (index, item.id, height)).collect();
        layout.measured(&heights, Some(20.0));
        layout
    }

    #[test]
    fn of_ten_thousand_rows_only_those_near_the_viewport_are_drawn() {
        let rows = rows((1..=10_000).rev());
        let layout = even(&rows, 80.0);
        assert_eq!(layout.touched(&rows, 0.0, 500.0), 0..6);
        assert_eq!(layout.touched(&rows, 20.0 + 80.0 * 5_000.0, 20.0 + 80.0 * 5_006.0), 5_000..5_006);
        let window = layout.window(&rows, 400_000.0, 400_500.0);
        assert!(window.len() < 20, "{window:?}");
        assert!(window.contains(&5_000));
        assert_eq!(layout.window(&rows, 799_800.0, 800_300.0).end, 10_000);
    }

    #[test]
    fn spacers_and_drawn_rows_together_keep_the_length_of_the_list() {
        let rows = rows(1..=100);
        let layout = even(&rows, 70.0);
        let window = layout.window(&rows, 3_000.0, 3_500.0);
        let length = layout.space(&(0..window.start)) + window.len() as f64 * 70.0 + layout.space(&(window.end..100));
        assert_eq!(length, 7_000.0);
    }

    #[test]
    fn a_group_is_drawn_as_rows_between_spaces_and_keeps_the_row_with_the_keyboard() {
        use Piece::{Row, Space};
        assert_eq!(pieces(&(0..3), &(0..9), None), [Row(0), Row(1), Row(2)]);
        assert_eq!(pieces(&(0..9), &(4..5), None), [Space(0..4), Row(4), Space(5..9)]);
        assert_eq!(pieces(&(5..9), &(0..3), None), [Space(5..9)]);
        assert_eq!(pieces(&(0..9), &(4..5), Some(4)), pieces(&(0..9), &(4..5), None));
        assert_eq!(pieces(&(0..6), &(4..5), Some(1)), [Space(0..1), Row(1), Space(2..4), Row(4), Space(5..6)]);
        assert_eq!(pieces(&(0..6), &(2..3), Some(5)), [Space(0..2), Row(2), Space(3..5), Row(5)]);
        assert_eq!(pieces(&(3..6), &(0..1), Some(4)), [Space(3..4), Row(4), Space(5..6)]);
        assert_eq!(pieces(&(2..2), &(0..9), Some(2)), []);
    }

    #[test]
    fn headings_take_their_place() {
        let mut rows = rows(1..=4);
        rows.groups = [0..2, 2..2, 2..4, 4..4];
        let layout = even(&rows, 50.0);
        assert_eq!(layout.top(&rows, 0), 20.0);
        assert_eq!(layout.top(&rows, 2), 140.0);
        assert_eq!(layout.touched(&rows, 125.0, 130.0), 1..2);
    }

    #[test]
    fn the_first_measure_gives_the_estimate_for_the_rest() {
        let rows = rows(1..=10);
        let mut layout = Layout::default();
        layout.lay_out(&rows);
        layout.measured(&[(0, NotificationId(1), 60.0), (1, NotificationId(2), 80.0)], None);
        assert_eq!(layout.space(&(0..1)), 60.0);
        assert_eq!(layout.space(&(2..10)), 8.0 * 70.0);
    }

    #[test]
    fn a_measured_row_moves_those_below_as_if_all_were_laid_out_anew() {
        let rows = rows(1..=10);
        let mut layout = Layout::default();
        layout.lay_out(&rows);
        layout.measured(&[(0, NotificationId(1), 60.0), (1, NotificationId(2), 80.0)], None);
        layout.measured(&[(1, NotificationId(2), 90.0), (5, NotificationId(6), 40.0)], None);
        let mut anew = layout.clone();
        anew.lay_out(&rows);
        assert_eq!(layout.sums, anew.sums);
        assert_eq!(layout.top(&rows, 2) - layout.top(&rows, 0), 150.0);
        assert_eq!(layout.space(&(5..6)), 40.0);
    }
}
