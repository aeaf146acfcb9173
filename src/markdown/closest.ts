/** Letters by which a word may be mistyped; a short one is soon another word. */
const slips = (word: string) => (word.length > 3 ? 2 : 1);

/** Which of these a mistyped word was probably to be; none where each is further off than a slip. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let found: string | undefined;
  let nearest = Math.min(slips(word), word.length - 1) + 1;
  for (const candidate of candidates) {
    // At least as many letters apart as one is longer: a text of megabytes is not compared.
    if (Math.abs(candidate.length - word.length) >= nearest) continue;
    const apart = distance(candidate, word);
    if (apart >= nearest) continue;
    nearest = apart;
    found = candidate;
  }
  return found;
}

/** How many letters to add, drop or change to get from one word to the other (Levenshtein). */
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
