import { digestOf, type Cache } from '../markdown/cache.ts';
import type { Block, Content, Entry } from '../markdown/content.ts';
import type { Form } from '../model/form.ts';

/** Fields that only the entry's own page needs. For thousands of entries they are too large to keep in memory. */
const bodyFields = ['html', 'parts', 'publicHtml', 'lines', 'text'] as const satisfies (keyof Entry)[];
type BodyFields = (typeof bodyFields)[number];

/** An entry without its body. */
export type Summary<F extends Form = Form> = F extends Form
  ? Omit<Entry<F>, BodyFields> & SummaryOnly
  : never;

/** An entry as lists and other pages use it. Its body is in a file of its own. */
export type Card<F extends Form = Form> = F extends Form
  ? Summary<F> & { /** Absolute path of the file with the body. */ body: string }
  : never;

interface SummaryOnly {
  /** Its viewpoints and picks: what people said in it. */
  said: Saying[];
  /** The questions that it leaves open. */
  open: string[];
  /** Whether this is only the public beginning of a members' entry. */
  isPreview: boolean;
}

export type Body = Pick<Entry, BodyFields>;

export interface Saying {
  component: 'Viewpoint' | 'Pick';
  /** Id of its element in the entry's page. */
  id: string;
  who?: string;
  title?: string;
  /** Day of a pick, YYYY-MM-DD. */
  date?: string;
  text: string;
}

/** Everything in a content folder that doesn't belong to a single entry. */
export type Lists = Pick<
  Content,
  'people' | 'topics' | 'series' | 'start' | 'suggestions' | 'synonyms' | 'tiers' | 'teasers' | 'cutFor'
>;

/** Picks from a content folder what doesn't belong to a single entry. */
export function listsOf(content: Content): Lists {
  const { people, topics, series, start, suggestions, synonyms, tiers, teasers, cutFor } = content;
  return { people, topics, series, start, suggestions, synonyms, tiers, teasers, cutFor };
}

/**
 * Makes an entry's card and writes its body to a file, unless a file with the same body exists already.
 *
 * @param bodies - the files with bodies, each named after the digest of its content
 */
export function cardOf(entry: Entry, bodies: Cache): Card {
  const { html, parts, publicHtml, lines, text } = entry;
  const body = JSON.stringify({ html, parts, publicHtml, lines, text } satisfies Record<BodyFields, unknown>);
  const name = `${digestOf(body).slice(0, 32)}.json`;
  if (!bodies.has(name)) bodies.write(name, body);
  return { ...summaryOf(entry), body: bodies.path(name) };
}

/** Returns an entry without its body, plus what lists need from the body: sayings and open questions. */
export function summaryOf(entry: Entry): Summary {
  const isBody = (field: string) => bodyFields.some((known) => known === field);
  const rest = Object.fromEntries(Object.entries(entry).filter(([field]) => !isBody(field)));
  return {
    ...rest,
    said: entry.parts.flatMap(sayingsOf),
    open: entry.parts.flatMap(questionsOf),
    // A members' entry is public only when everything below its `<Members />` line has been removed.
    isPreview: entry.access === 'public' && entry.data.access !== 'public',
  } as Summary;
}

function questionsOf(part: Entry['parts'][number]): string[] {
  return part.component === 'Open' ? part.text.split('\n').filter((line) => line.trim() !== '') : [];
}

function sayingsOf(part: Entry['parts'][number]): Saying[] {
  if (part.component === 'Day') {
    return (part.blocks ?? []).flatMap((block) => saying(block, part.date));
  }
  return part.component === 'prose' ? [] : saying(part, undefined);
}

function saying(block: Block, date: string | undefined): Saying[] {
  const { component, id, who, title, text } = block;
  if (component !== 'Viewpoint' && component !== 'Pick') return [];
  return [{ component, id, text, ...(who && { who }), ...(title && { title }), ...(date && { date }) }];
}
