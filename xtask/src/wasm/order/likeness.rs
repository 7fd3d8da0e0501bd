//! Which functions are alike: those that have many short runs of bytes in common.

use std::collections::{BTreeSet, HashMap};

/// The length of a run, in bytes: an instruction or two.
const RUN: usize = 4;
/// A run that so many functions have says nothing of any two.
const COMMON: usize = 200;
/// Counts as so many runs that only one function has: very small functions are like nearly everything.
const SMALLEST: f64 = 5.0;

/// The functions' indices in an order in which each is followed by the one of which it has the most. The first is the
/// smallest, and so is the next where nothing is alike.
pub(super) fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let runs: Vec<_> = bodies.iter().map(|body| body.windows(RUN).collect::<BTreeSet<_>>()).collect();
    let mut holders: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, runs) in runs.iter().enumerate() {
        runs.iter().for_each(|run| holders.entry(run).or_default().push(function));
    }
    let weight = |run: &[u8]| 1.0 / (1.0 + holders[run].len() as f64).log2();
    let weights: Vec<f64> =
        runs.iter().map(|runs| runs.iter().map(|run| weight(run)).sum::<f64>() + SMALLEST).collect();

    let mut left: BTreeSet<_> = bodies.iter().enumerate().map(|(function, body)| (body.len(), function)).collect();
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = left.first().copied();
    while let Some(one) = next.take() {
        left.remove(&one);
        order.push(one.1);
        let mut alike = vec![0.0; bodies.len()];
        for run in &runs[one.1] {
            let (holders, weight) = (&holders[run], weight(run));
            if holders.len() < COMMON {
                holders.iter().for_each(|other| alike[*other] += weight);
            }
        }
        let mut most = 0.0;
        next = left.first().copied();
        for other in &left {
            let part = alike[other.1] / weights[other.1];
            if part > most {
                (most, next) = (part, Some(*other));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn like_stands_beside_like() {
        let bodies: [&[u8]; 5] =
            [b"one of a kind", b"another one of those", b"abcdefgh", b"something else", b"of a kind"];
        let order = order(&bodies);
        assert_eq!(order[0], 2, "the smallest is the first");
        let place = |function| order.iter().position(|other| *other == function).unwrap();
        assert_eq!(place(0).abs_diff(place(4)), 1, "{order:?}");
    }

    #[test]
    fn each_function_is_there_once() {
        let bodies: Vec<_> = (0_u8..50).map(|n| vec![n % 7; usize::from(n)]).collect();
        let mut order = order(&bodies.iter().map(Vec::as_slice).collect::<Vec<_>>());
        order.sort_unstable();
        assert!(order.into_iter().eq(0..50));
    }
}
