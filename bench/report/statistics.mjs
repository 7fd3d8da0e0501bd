// What many runs say together.

/** The smallest, the middle and the largest of some numbers. */
export function summary(values) {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { min: sorted[0], median, max: sorted.at(-1), runs: sorted.length };
}

/** How many times `value` is `other`. */
export const ratio = (value, other) => (value && other?.median ? value.median / other.median : undefined);
