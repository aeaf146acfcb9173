import type { Entry } from '../../src/markdown/content.ts';
import type { Finding } from '../../src/model/finding.ts';

/** Characters of a shingle: sentences that share this many in a row share more than a phrase. */
const LENGTH = 8;
/**
 * How many shingles of an entry are compared: those with the smallest hashes, a sample that is the same for all
 * entries.
 */
const SAMPLE = 256;
/** The shortest entry that is compared; a shorter one may just be a phrase. */
const LEAST = 60;
/** Entries are near-duplicates when they share this part of all their shingles (Jaccard index). */
const ALIKE = 0.5;
/** Later entries are compared with at most this many for one shingle: beyond that, it is a common phrase. */
const COMMON = 40;

/**
 * Returns the pairs of entries with nearly the same text. The same entries always give the same pairs. (Broder, On the
 * resemblance and containment of documents, 1997: bottom-k sketches.)
 */
export function findDuplicates(entries: readonly Pick<Entry, 'id' | 'file' | 'text' | 'date'>[]): Finding[] {
  const byAge = entries.toSorted((a, b) => (isOlder(a, b) ? -1 : 1));
  const sketches: Int32Array[] = [];
  /** Hash → the oldest entries that contain it, by their index in `byAge`. */
  const holders = new Map<number, number[]>();
  return byAge.flatMap((entry, index) => {
    const sketch = sketchOf(entry.text);
    sketches.push(sketch);
    const candidates = new Set<number>();
    for (const hash of sketch) {
      const older = holders.get(hash);
      older?.forEach((other) => candidates.add(other));
      if (!older) holders.set(hash, [index]);
      else if (older.length < COMMON) older.push(index);
    }
    const [alike] = [...candidates]
      .map((other) => ({ other, part: resemblance(sketch, sketches[other]!) }))
      .filter(({ part }) => part >= ALIKE)
      .sort((a, b) => b.part - a.part || a.other - b.other);
    return alike ? [finding(entry, byAge[alike.other]!, alike.part)] : [];
  });
}

function isOlder(one: Pick<Entry, 'id' | 'date'>, other: Pick<Entry, 'id' | 'date'>): boolean {
  return one.date === other.date ? one.id < other.id : one.date < other.date;
}

function finding({ file }: Pick<Entry, 'file'>, other: Pick<Entry, 'file'>, part: number): Finding {
  return {
    rule: 'near-duplicate',
    level: 'warning',
    file,
    line: 1,
    column: 1,
    message: `和 ${other.file} 大约 ${Math.round(part * 100)}% 相同`,
    fix: '合并成一篇；确实是两篇就改写相同的部分，再互相链接',
  };
}

/** Returns the smallest hashes of a text's shingles, in ascending order, without duplicates. */
function sketchOf(text: string): Int32Array {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (letters.length < LEAST) return new Int32Array();
  const hashes = new Set<number>();
  for (let start = 0; start + LENGTH <= letters.length; start++) hashes.add(hashOf(letters, start));
  return Int32Array.from(hashes).sort().slice(0, SAMPLE);
}

/** FNV-1a over UTF-16 units, mixed so that the order of the hashes is independent of the text. */
function hashOf(text: string, start: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < start + LENGTH; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return Math.imul(hash ^ (hash >>> 15), 0x846ca68b) | 0;
}

/** Returns which part of the smallest hashes of both is in each: an estimate of the Jaccard index. */
function resemblance(one: Int32Array, other: Int32Array): number {
  const size = Math.min(SAMPLE, Math.max(one.length, other.length));
  let [i, j, seen, both] = [0, 0, 0, 0];
  while (seen < size && (i < one.length || j < other.length)) {
    const [a, b] = [one[i] ?? Infinity, other[j] ?? Infinity];
    if (a === b) both++;
    if (a <= b) i++;
    if (b <= a) j++;
    seen++;
  }
  return seen === 0 ? 0 : both / seen;
}
