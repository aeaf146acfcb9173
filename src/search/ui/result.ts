import { button, create } from '../../elements/dom.ts';
import { titleElement } from '../../elements/title.ts';
import { formatTime } from '../../model/time.ts';
import type { Candidate } from '../query/search-index.ts';
import { excerptOf, findAll, type Piece } from './excerpt.ts';
import { beginningOf, hitsIn, type Hit } from './hits.ts';
import { markLine, textsIn } from './mark-line.ts';
import { queryOf } from '../query/query.ts';
import type { Place } from '../record.ts';
import type { SearchTexts } from './texts.ts';

type Runs = readonly (readonly string[])[];

/** The number of places of an entry shown at first. */
const SHOWN = 3;
/** The maximum shown on request: a search for 的 in a talk of two hours is after the talk, not its lines. */
const MOST = 40;

/** Creates a result: the link to the entry, then its form, date and topics. */
export function resultItem(candidate: Candidate, runs: Runs, texts: SearchTexts): HTMLLIElement {
  const href = landing(candidate.address, runs);
  const title = create('a', { href, class: 'search-title' }, titleElement(candidate.title));
  markLine(textsIn(title), runs);
  const [form = ''] = candidate.entry.split('/');
  const day = candidate.date && texts.day(candidate.date);
  const facts = [texts.forms[form] ?? form, day, ...candidate.topics].filter(Boolean);
  const topicsFrom = facts.length - candidate.topics.length;
  return create(
    'li',
    { 'data-entry': candidate.entry },
    title,
    create(
      'p',
      { class: 'search-facts' },
      ...facts.map((fact, at) =>
        create('span', {}, ...(at < topicsFrom ? [fact] : markPieces(wholeOf(fact, runs)))),
      ),
    ),
  );
}

/** Loads an entry's text and adds the matching places to its result, each as a link. */
export async function showHits(
  item: HTMLElement,
  candidate: Candidate,
  runs: Runs,
  texts: SearchTexts,
): Promise<void> {
  const text = await candidate.load();
  const hits = hitsIn(text, runs);
  if (hits.length === 0) {
    const beginning = beginningOf(text);
    if (beginning)
      item.append(create('p', { class: 'search-beginning' }, ...markPieces(excerptOf(beginning, []))));
    return;
  }
  const list = create('ol', { class: 'search-hits', role: 'list' });
  const add = (some: readonly Hit[]) =>
    list.append(...some.map((hit) => hitItem(hit, candidate, runs, texts)));
  add(hits.slice(0, SHOWN));
  item.append(list);
  const rest = hits.slice(SHOWN, MOST);
  if (rest.length === 0) return;
  const more = button(texts.moreHits(hits.length - SHOWN), 'search-more-hits', () => {
    add(rest);
    list.children[SHOWN]?.querySelector('a')?.focus({ preventScroll: true });
    more.remove();
  });
  item.append(more);
}

function hitItem(
  { place, second, text, spans }: Hit,
  candidate: Candidate,
  runs: Runs,
  texts: SearchTexts,
): HTMLLIElement {
  // The talk opens at the line and plays from the sentence in it.
  const fragment = place.start === undefined ? place.id : `t=${place.start}&play=${second ?? place.start}`;
  const href = landing(candidate.address, runs) + (fragment ? `#${fragment}` : '');
  const link = create('a', { href });
  if (place.start !== undefined)
    link.append(
      create('time', { class: 'search-time' }, ...markPieces(wholeOf(formatTime(place.start), runs))),
    );
  const name = placeName(place, texts);
  if (place.kind !== 'top')
    link.append(create('span', { class: 'search-place' }, ...markPieces(wholeOf(name, runs))));
  // A heading directly followed by another, like 星期一 in a digest, has no text to show besides its name.
  if (text !== name)
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
 * The address of a page that highlights these runs. They are in its query, because the fragment leads to the place.
 */
function landing(address: string, runs: Runs): string {
  const words = [...new Set(runs.map((run) => run.join('')))].slice(0, 12);
  return words.length > 0 ? `${address}?q=${encodeURIComponent(queryOf(words))}` : address;
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
