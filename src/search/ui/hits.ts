import { secondOfSentence, sentenceStart } from '../../elements/talk/timeline.ts';
import { compareHoldings, matchingBlocks, type MatchingBlock } from './excerpt.ts';
import { ZONES, type Place, type StoredText, type Zone } from '../record.ts';

/** A place of an entry that matches a query, and the block to show for it. */
export interface Hit extends Omit<MatchingBlock, 'place'> {
  place: Place;
  /** The second of the recording at which the matching sentence begins; missing outside of talks. */
  second?: number;
}

/** Zones whose matches a result already shows above its hits. */
const SHOWN_ABOVE: readonly Zone[] = ['title', 'topic'];

/**
 * The hits in an entry, one for each place. Hits with most of the words come first, then those with longer matches,
 * then those in better zones, but so that the first few cover every word. If only the heading or the speaker of a place
 * matches, its text is shown. Other names of topics count only when nothing else in the entry matches.
 */
export function hitsIn(text: StoredText, runs: readonly (readonly string[])[]): Hit[] {
  const best = new Map<number, MatchingBlock>();
  const matching = matchingBlocks(text, runs);
  const isAlias = ({ zone }: MatchingBlock) => ZONES[zone] === 'alias';
  for (const block of matching.every(isAlias) ? matching : matching.filter((block) => !isAlias(block))) {
    const known = best.get(block.place);
    if (SHOWN_ABOVE.includes(ZONES[block.zone]!) || (known && compareBlocks(known, block) <= 0)) continue;
    best.set(block.place, known ? { ...block, zone: Math.min(block.zone, known.zone) } : block);
  }
  return newWordsFirst([...best.values()].sort(compareBlocks)).map((block) => {
    const place = text.places[block.place]!;
    const second = secondOf(text, block);
    const hit = withoutName({ ...block, place, ...(second === undefined ? {} : { second }) });
    const said = isHead(place, block.text) ? textBelow(text, block) : textAbove(text, block);
    return said === undefined ? hit : { ...hit, text: said, spans: [] };
  });
}

/** The first text of an entry below its title, to show what it is about when only the title or a topic matches. */
export function beginningOf({ blocks }: StoredText): string | undefined {
  const title = blocks.findIndex(([zone]) => ZONES[zone] === 'title');
  return blocks.slice(title + 1).find(([zone]) => ZONES[zone] === 'body')?.[2];
}

/** Whether a block is a heading, or `12:34 林夏` above a transcript line. */
function isHead({ label }: Place, text: string): boolean {
  return label !== '' && text.endsWith(label);
}

/** Removes the name from `林夏 先清群` above a viewpoint, because the place is already labelled with it. */
function withoutName(hit: Hit): Hit {
  const { kind, label } = hit.place;
  const name = `${label} `;
  if (kind !== 'viewpoint' || !hit.text.startsWith(name)) return hit;
  const spans = hit.spans
    .map(({ start, end }) => ({ start: start - name.length, end: end - name.length }))
    .filter(({ start }) => start >= 0);
  return { ...hit, text: hit.text.slice(name.length), spans };
}

/** The first text below a heading, within its section; in a talk that is the first line spoken. */
function textBelow({ places, blocks }: StoredText, { place, text }: MatchingBlock): string | undefined {
  const head = blocks.findIndex(([, at, block]) => at === place && block === text);
  for (const [, at, block] of blocks.slice(head + 1)) {
    if (at !== place && ['section', 'topic'].includes(places[at]!.kind)) return undefined;
    if (!isHead(places[at]!, block)) return block;
  }
  return undefined;
}

/** The quote above `林夏 12:34`. A sentence ends with a punctuation mark; the line with its speaker does not. */
function textAbove({ places, blocks }: StoredText, { place, text }: MatchingBlock): string | undefined {
  if (places[place]!.kind !== 'quote' || /\p{P}$/u.test(text)) return undefined;
  const own = blocks.filter(([, at]) => at === place).map(([, , block]) => block);
  return own.length > 1 && text === own.at(-1) ? own[0] : undefined;
}

/** The second at which the sentence of a match is spoken; undefined outside of talks. */
function secondOf(
  { places, blocks }: StoredText,
  { place: at, text, spans }: MatchingBlock,
): number | undefined {
  const place = places[at]!;
  if (place.start === undefined || place.kind !== 'line') return place.start;
  const start = place.start;
  const paragraphs = blocks
    .filter(([, own, block]) => own === at && !isHead(place, block))
    .map(([, , block]) => block);
  const before = paragraphs.slice(0, Math.max(0, paragraphs.indexOf(text))).join('').length;
  const said = paragraphs.join('');
  const next = places.find((other) => other.kind === 'line' && other.start! > start);
  const share = sentenceStart(said, before + (spans[0]?.start ?? 0)) / Math.max(1, said.length);
  return Math.floor(secondOfSentence(start, next?.start, isHead(place, text) ? 0 : share));
}

function compareBlocks(a: MatchingBlock, b: MatchingBlock): number {
  return compareHoldings(a, b) || a.zone - b.zone;
}

/** Moves blocks to the front that contain a word which no block before them contains; otherwise the order stays. */
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
