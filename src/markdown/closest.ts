/** How many letters of a word may be mistyped: fewer in a short word, which quickly becomes another word. */
const slips = (word: string) => (word.length > 3 ? 2 : 1);

/** Returns the candidate that a mistyped word was probably meant to be, or undefined if none is close enough. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let found: string | undefined;
  let nearest = Math.min(slips(word), word.length - 1) + 1;
  for (const candidate of candidates) {
    // The distance is at least the difference in length, so a text of megabytes is never compared.
    if (Math.abs(candidate.length - word.length) >= nearest) continue;
    const apart = distance(candidate, word);
    if (apart >= nearest) continue;
    nearest = apart;
    found = candidate;
  }
  return found;
}

/** Returns the Levenshtein distance: how many letters to add, drop or change to get from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
