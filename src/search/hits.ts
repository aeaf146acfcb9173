import { secondOfSentence, sentenceStart } from '../elements/talk/timeline.ts';
import { matchingBlocks, type MatchingBlock, type Span } from './excerpt.ts';
import { ZONES, type Place, type StoredText, type Zone } from './record.ts';

/** A place of an entry that holds what was searched, and the block of it to show. */
export interface Hit extends Omit<MatchingBlock, 'place'> {
  place: Place;
  /** Where the recording says it, in seconds: when its sentence begins. Missing outside of talks. */
  second?: number;
}

/** Zones whose matches a result shows already, above its hits. */
const SHOWN_ABOVE: readonly Zone[] = ['title', 'topic'];

/**
 * One hit for each place: those with most of the words, the longest matches and in the best parts of the entry first,
 * and the first few so that each word is among them. Where only the heading of a place matches, or the name of its
 * speaker, what stands there is shown; what its topics are called besides only where the entry says nothing of it.
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

/** How an entry begins below its title: what it is about, where only the title or a topic holds what was searched. */
export function beginningOf({ blocks }: StoredText): string | undefined {
  const title = blocks.findIndex(([zone]) => ZONES[zone] === 'title');
  return blocks.slice(title + 1).find(([zone]) => ZONES[zone] === 'body')?.[2];
}

/** A heading, or `12:34 林夏` above a line of a transcript. */
function isHead({ label }: Place, text: string): boolean {
  return label !== '' && text.endsWith(label);
}

/** `林夏 先清群` above a viewpoint without its name, which the name of the place says already. */
function withoutName(hit: Hit): Hit {
  const { kind, label } = hit.place;
  const name = `${label} `;
  if (kind !== 'viewpoint' || !hit.text.startsWith(name)) return hit;
  const spans = hit.spans
    .map(({ start, end }) => ({ start: start - name.length, end: end - name.length }))
    .filter(({ start }) => start >= 0);
  return { ...hit, text: hit.text.slice(name.length), spans };
}

/** What stands below a heading, in its section; in a talk that is the first line said. */
function textBelow({ places, blocks }: StoredText, { place, text }: MatchingBlock): string | undefined {
  const head = blocks.findIndex(([, at, block]) => at === place && block === text);
  for (const [, at, block] of blocks.slice(head + 1)) {
    if (at !== place && ['section', 'topic'].includes(places[at]!.kind)) return undefined;
    if (!isHead(places[at]!, block)) return block;
  }
  return undefined;
}

/** The quote above `林夏 12:34`. A sentence ends in a mark, and who says it does not. */
function textAbove({ places, blocks }: StoredText, { place, text }: MatchingBlock): string | undefined {
  if (places[place]!.kind !== 'quote' || /\p{P}$/u.test(text)) return undefined;
  const own = blocks.filter(([, at]) => at === place).map(([, , block]) => block);
  return own.length > 1 && text === own.at(-1) ? own[0] : undefined;
}

/** When the sentence of a match is said. */
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
