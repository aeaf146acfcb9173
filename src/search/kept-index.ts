import { readKept } from '../gate/offline/kept.ts';
import { extractEntry } from './extract.ts';
import { isElement, type Node } from './markup.ts';
import { storedTextOf } from './record.ts';
import { ScannedIndex, type ScannedEntry } from './scanned-index.ts';

/** How long (milliseconds) to wait for the real index before the pieces taken along are searched in the meantime. */
const PATIENCE = 4_000;

/**
 * Waits for an answer, and has something done meanwhile where it is late.
 *
 * @param meanwhile - is told whether the answer is still waited for
 * @returns the answer
 * @throws what it throws
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
 * What was taken along on this device, as an index of its own: it can be searched where the real one is out of reach,
 * but for other spellings (pinyin, synonyms), which are part of that.
 *
 * @returns undefined where nothing was taken along, or none of it can be opened
 */
export function openKeptIndex(): Promise<ScannedIndex | undefined> {
  const addresses = [...new Set(readKept().flatMap(({ pages }) => pages))];
  const key = addresses.join(' ');
  // Who types asks again with each word.
  if (opened?.key !== key) opened = { key, index: readIndex(addresses) };
  return opened.index;
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
