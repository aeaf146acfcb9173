import { filesIn } from '../model/schemas.ts';
import { digestOf } from './cache.ts';
import type { Compiled } from './compile.ts';
import type { Entry } from './content.ts';
import type { Site, Source } from './site.ts';

interface Kept {
  around: string;
  entry: Entry;
}

const known = new WeakMap<Compiled, Kept>();
const targets = new WeakMap<Compiled, string>();

/**
 * Reuses entries when a folder is loaded repeatedly. An entry is reused if its own source and everything that its links
 * and references can lead to are unchanged.
 */
export class KeptEntries {
  readonly #around: string;

  constructor({ sources, people, topics, series, tiers, wrongLists, elsewhere, base }: Site) {
    const others = [...sources.values()].map(({ id, state, address, compiled }) => [
      ...[id, state, address],
      targetsIn(compiled),
    ]);
    const lists = [[...topics.keys()], [...series.keys()], tiers, [...wrongLists]];
    this.#around = digestOf(JSON.stringify([others, [...people.values()], lists, [...elsewhere], base]));
  }

  get({ compiled }: Source): Entry | undefined {
    const kept = known.get(compiled);
    return kept?.around === this.#around ? kept.entry : undefined;
  }

  /** Keeps an entry without findings, unless it uses files: those have to be checked every time. */
  keep({ compiled }: Source, entry: Entry): void {
    if (!hasFiles(compiled)) known.set(compiled, { around: this.#around, entry });
  }
}

/** Returns a digest of the link targets in an entry and of its former addresses. */
function targetsIn(compiled: Compiled): string {
  const before = targets.get(compiled);
  if (before !== undefined) return before;
  const { headings = [], quotes = [], lines = [] } = compiled.body ?? {};
  const { data } = compiled;
  const aliases = data?.aliases ?? [];
  // Links to a second of a talk can't go beyond its end.
  const duration = data && 'duration' in data ? data.duration : undefined;
  const ids = [...quotes, ...lines].map(({ id }) => id);
  const text = digestOf(JSON.stringify([headings, ids, aliases, duration]));
  targets.set(compiled, text);
  return text;
}

function hasFiles({ data, body, preview }: Compiled): boolean {
  const named = data ? Object.values(filesIn(data)) : [];
  const slots = [...(body?.slots ?? []), ...(preview?.body.slots ?? [])];
  return named.some(Boolean) || slots.some(({ kind }) => kind !== 'person' && kind !== 'link');
}
