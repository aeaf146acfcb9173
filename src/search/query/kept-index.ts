import { readKept } from '../../gate/offline/kept.ts';
import { extractEntry } from '../extract.ts';
import { isElement, type Node } from '../markup.ts';
import { storedTextOf } from '../record.ts';
import { ScannedIndex, type ScannedEntry } from './scanned-index.ts';

/** Milliseconds to wait for the full index before searching the offline copies in the meantime. */
const PATIENCE = 4_000;

/**
 * Waits for an answer; when it is late, calls `meanwhile` once.
 *
 * @param meanwhile - gets a function that tells whether the answer is still pending
 * @returns the answer
 * @throws what the answer's promise rejects with
 */
export async function answerOrMeanwhile<T>(
  answer: Promise<T>,
  meanwhile: (isLate: () => boolean) => Promise<unknown>,
): Promise<T> {
  let isLate = true;
  const timer = setTimeout(() => void meanwhile(() => isLate).catch(console.error), PATIENCE);
  try {
    return await answer;
  } finally {
    isLate = false;
    clearTimeout(timer);
  }
}

/**
 * Opens an index over the offline copies on this device, for when the full index is unreachable. It doesn't know other
 * spellings (pinyin, synonyms), which are part of the full index.
 *
 * @returns undefined when there are no offline copies, or none can be opened
 */
export async function openKeptIndex(): Promise<ScannedIndex | undefined> {
  const addresses = [...new Set(readKept().flatMap(({ pages }) => pages))];
  const key = addresses.join(' ');
  // Opened once, because a reader who types searches again at each word.
  if (opened?.key !== key) opened = { key, index: readIndex(addresses) };
  const asked = opened;
  const index = await asked.index;
  // They may open at the next search.
  if (!index && opened === asked) opened = undefined;
  return index;
}

let opened: { key: string; index: Promise<ScannedIndex | undefined> } | undefined;

async function readIndex(addresses: readonly string[]): Promise<ScannedIndex | undefined> {
  const pages = await Promise.all(addresses.map((address) => readPage(address).catch(() => undefined)));
  const entries = pages.filter((entry) => entry !== undefined);
  return entries.length > 0 ? new ScannedIndex(entries) : undefined;
}

async function readPage(address: string): Promise<ScannedEntry | undefined> {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const article = page.querySelector<HTMLElement>('article[data-entry]');
  const markup = article && markupOf(article);
  if (!markup || !isElement(markup)) return undefined;
  const { places, blocks, ...shown } = extractEntry(article.dataset.entry!, markup);
  return { ...shown, address, text: storedTextOf({ places, blocks }) };
}

function markupOf(node: globalThis.Node): Node {
  if (node instanceof Text) return { nodeName: '#text', value: node.data };
  if (!(node instanceof Element)) return { nodeName: node.nodeName };
  const { localName: name, attributes, childNodes } = node;
  return {
    nodeName: name,
    tagName: name,
    attrs: Array.from(attributes),
    childNodes: Array.from(childNodes, markupOf),
  };
}
