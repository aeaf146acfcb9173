import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block, Content, Entry } from './markdown/content.ts';
import type { Form } from './model/form.ts';

/** What only the entry's own page shows: too much to hold for thousands of entries at once. */
const bodyFields = ['html', 'parts', 'publicHtml', 'lines', 'text'] as const satisfies (keyof Entry)[];
type BodyFields = (typeof bodyFields)[number];

/** An entry without its body. */
export type Summary<F extends Form = Form> = F extends Form
  ? Omit<Entry<F>, BodyFields> & SummaryOnly
  : never;

/** An entry as lists and other pages see it; its body lies in a file of its own. */
export type Card<F extends Form = Form> = F extends Form
  ? Summary<F> & { /** Absolute path. */ body: string }
  : never;

interface SummaryOnly {
  /** Viewpoints and picks: what the people in it said. */
  said: Saying[];
  /** Questions that it leaves without an answer. */
  open: string[];
  /** Is this only the part of a members' entry that all may read? */
  isPreview: boolean;
}

export type Body = Pick<Entry, BodyFields>;

export interface Saying {
  component: 'Viewpoint' | 'Pick';
  /** Id of the element in the entry's page. */
  id: string;
  who?: string;
  title?: string;
  /** Day of a pick. */
  date?: string;
  text: string;
}

/** Everything of a content folder that belongs to no single entry. */
export type Lists = Pick<
  Content,
  'people' | 'topics' | 'series' | 'start' | 'suggestions' | 'synonyms' | 'tiers' | 'teasers' | 'cutFor'
>;

/** What belongs to no single entry. */
export function listsOf(content: Content): Lists {
  const { people, topics, series, start, suggestions, synonyms, tiers, teasers, cutFor } = content;
  return { people, topics, series, start, suggestions, synonyms, tiers, teasers, cutFor };
}

/**
 * An entry's card; its body is written beside, once.
 *
 * @param bodies - the folder for bodies; their files are named for what they hold
 */
export function cardOf(entry: Entry, bodies: string): Card {
  const { html, parts, publicHtml, lines, text } = entry;
  const body = JSON.stringify({ html, parts, publicHtml, lines, text } satisfies Record<BodyFields, unknown>);
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const file = join(bodies, `${digest}.json`);
  if (!existsSync(file)) {
    mkdirSync(bodies, { recursive: true });
    writeFileSync(file, body);
  }
  return { ...summaryOf(entry), body: file };
}

/** What an entry says of itself without its body. */
export function summaryOf(entry: Entry): Summary {
  const isBody = (field: string) => bodyFields.some((known) => known === field);
  const rest = Object.fromEntries(Object.entries(entry).filter(([field]) => !isBody(field)));
  return {
    ...rest,
    said: entry.parts.flatMap(sayingsOf),
    open: entry.parts.flatMap(questionsOf),
    // Nothing follows the line of a members' entry only where the rest was taken out.
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
