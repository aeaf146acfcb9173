import { formatTime } from '../model/time.ts';
import { button, create } from './dom.ts';
import type { Candidate } from './engine.ts';
import { excerptOf, findAll, matchingBlocks, type MatchingBlock, type Piece, type Span } from './excerpt.ts';
import type { Place } from './record.ts';
import type { SearchTexts } from './texts.ts';

type Runs = readonly (readonly string[])[];

/** How many places of an entry are shown before one asks for more. */
const SHOWN = 3;
/** … and how many at most: who searches for 的 in a talk of two hours wants the talk. */
const MOST = 40;

/** A place of an entry that holds what was searched, and the block of it to show. */
type Hit = Omit<MatchingBlock, 'place'> & { place: Place };

/** A result: the link to the entry first, then what it is. */
export function resultItem(candidate: Candidate, runs: Runs, texts: SearchTexts): HTMLLIElement {
  const title = create('a', { href: landing(candidate.address, runs), class: 'search-title' });
  title.append(...markPieces(wholeOf(candidate.title, runs)));
  const [form = ''] = candidate.entry.split('/');
  const facts = [texts.forms[form] ?? form, candidate.date, ...candidate.topics].filter(Boolean);
  return create(
    'li',
    { 'data-entry': candidate.entry },
    title,
    create('p', { class: 'search-facts' }, ...facts.map((fact) => create('span', {}, fact))),
  );
}

/** Loads an entry's text and adds to its result the places that hold what was searched, each with a link to it. */
export async function showHits(
  item: HTMLElement,
  candidate: Candidate,
  runs: Runs,
  texts: SearchTexts,
): Promise<void> {
  const hits = await hitsOf(candidate, runs);
  if (hits.length === 0) return;
  const list = create('ol', { class: 'search-hits' });
  const add = (some: readonly Hit[]) =>
    list.append(...some.map((hit) => hitItem(hit, candidate, runs, texts)));
  add(hits.slice(0, SHOWN));
  item.append(list);
  const rest = hits.slice(SHOWN, MOST);
  if (rest.length === 0) return;
  const more = button(texts.moreHits(hits.length - SHOWN), 'search-more-hits', () => {
    add(rest);
    more.remove();
  });
  item.append(more);
}

/**
 * One hit for each place: those with most of the words, the longest matches and in the best parts of the entry first,
 * and the first few so that each word is among them; the title itself is shown already. Where only the heading of a
 * place matches, or the name of its speaker, the text below is shown.
 */
async function hitsOf(candidate: Candidate, runs: Runs): Promise<Hit[]> {
  const text = await candidate.load();
  const hits = new Map<number, MatchingBlock>();
  for (const block of matchingBlocks(text, runs)) {
    const known = hits.get(block.place);
    if (block.zone === 0 || (known && compareBlocks(known, block) <= 0)) continue;
    hits.set(block.place, known ? { ...block, zone: Math.min(block.zone, known.zone) } : block);
  }
  const sorted = [...hits.values()].sort(compareBlocks);
  return newWordsFirst(sorted).map((hit) => {
    const place = text.places[hit.place]!;
    const isHead = place.label !== '' && hit.text.endsWith(place.label);
    const below = isHead && text.blocks.find(([, at, block]) => at === hit.place && block !== hit.text)?.[2];
    return below ? { ...hit, place, text: below, spans: [] } : { ...hit, place };
  });
}

function compareBlocks(a: MatchingBlock, b: MatchingBlock): number {
  return b.held.size - a.held.size || lengthOf(b.spans) - lengthOf(a.spans) || a.zone - b.zone;
}

/** Puts blocks first that hold a word which none before them holds; otherwise the order stays. */
function newWordsFirst(blocks: readonly MatchingBlock[]): MatchingBlock[] {
  const shown = new Set<number>();
  const isNew = (block: MatchingBlock) => {
    const adds = [...block.held].some((run) => !shown.has(run));
    block.held.forEach((run) => shown.add(run));
    return adds;
  };
  const first = blocks.filter(isNew);
  return [...first, ...blocks.filter((block) => !first.includes(block))];
}

/** The longest mark of a block: a whole phrase counts more than several parts. */
function lengthOf(spans: readonly Span[]): number {
  return Math.max(0, ...spans.map(({ start, end }) => end - start));
}

function hitItem(
  { place, text, spans }: Hit,
  candidate: Candidate,
  runs: Runs,
  texts: SearchTexts,
): HTMLLIElement {
  const fragment = place.start === undefined ? place.id : `t=${place.start}`;
  const href = landing(candidate.address, runs) + (fragment ? `#${fragment}` : '');
  const link = create('a', { href });
  if (place.start !== undefined)
    link.append(create('time', { class: 'search-time' }, formatTime(place.start)));
  if (place.kind !== 'top')
    link.append(
      create('span', { class: 'search-place' }, ...markPieces(wholeOf(placeName(place, texts), runs))),
    );
  link.append(create('span', { class: 'search-excerpt' }, ...markPieces(excerptOf(text, spans))));
  return create(
    'li',
    { 'data-place': place.kind, ...(place.start === undefined ? {} : { 'data-start': String(place.start) }) },
    link,
  );
}

function placeName({ kind, label }: Place, texts: SearchTexts): string {
  return kind === 'section' || (kind === 'line' && label)
    ? label
    : [texts.places[kind], label].filter(Boolean).join(' · ');
}

/**
 * The address that marks these runs on the page. They go into the query, not the fragment, which leads to the place.
 */
function landing(address: string, runs: Runs): string {
  const words = runs.map((run) => run.join('')).map((word) => (word.includes(' ') ? `"${word}"` : word));
  return words.length > 0
    ? `${address}?q=${encodeURIComponent([...new Set(words)].slice(0, 12).join(' '))}`
    : address;
}

function wholeOf(text: string, runs: Runs): Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  for (const { start, end } of findAll(text, runs)) {
    pieces.push(
      { text: text.slice(position, start), isMatch: false },
      { text: text.slice(start, end), isMatch: true },
    );
    position = end;
  }
  return [...pieces, { text: text.slice(position), isMatch: false }];
}

function markPieces(pieces: readonly Piece[]): Node[] {
  return pieces.map(({ text, isMatch }) =>
    isMatch ? create('mark', {}, text) : document.createTextNode(text),
  );
}
