// One rendering run, in a process of its own: node run.ts ENTRY DIGEST SHOWN PAGES. See scripts/steps/render.ts.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deserialize } from 'node:v8';
import { readEnvironment } from '../../src/environment.ts';
import { handOver, type Shown } from '../../src/handover.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import type * as Entry from '../../src/render/entry.ts';
import { listFiles } from '../lib/folder.ts';
import { readRecord, removeRecord, writeRecord, type PageRecord } from './record.ts';

const [entry = '', themeDigest = '', shown = '', folder = ''] = process.argv.slice(2);
handOver(deserialize(readFileSync(shown)) as Shown);
const { answer, listAddresses, renderPage } = (await import(pathToFileURL(entry).href)) as typeof Entry;

const { audience, drafts, origin, base } = readEnvironment();
const basis = digestOf(themeDigest, JSON.stringify({ audience, drafts, origin, base }));
const before = readRecord(folder);
removeRecord(folder);
const isSame = memoize((question: string) => answer(question) === before?.answers.get(question));
const answers = new Map<string, string>();
const pages = new Map<string, PageRecord>();
const addresses = listAddresses();

for (const address of addresses) {
  const file = join(folder, fileOf(address));
  const known = before?.basis === basis ? before.pages.get(address) : undefined;
  if (known && known.questions.every(isSame) && isUntouched(file, known)) {
    for (const question of known.questions) answers.set(question, before!.answers.get(question)!);
    pages.set(address, known);
    continue;
  }
  const start = performance.now();
  const { bytes, reads } = await renderPage(address);
  const milliseconds = Math.round(performance.now() - start);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  for (const [question, digest] of reads) answers.set(question, digest);
  pages.set(address, { digest: digestOf(bytes), questions: [...reads.keys()], milliseconds });
}

const made = new Set(addresses.map(fileOf));
for (const file of existsSync(folder) ? listFiles(folder) : []) {
  if (!made.has(file)) rmSync(join(folder, file));
}
writeRecord(folder, { basis, answers, pages });

function isUntouched(file: string, { digest }: PageRecord): boolean {
  return existsSync(file) && digestOf(readFileSync(file)) === digest;
}

/** `/talks/x/` ⇒ `talks/x/index.html`. A host looks for 404.html by that name. */
function fileOf(address: string): string {
  if (address === '/404/') return '404.html';
  return `${address.slice(1)}${address.endsWith('/') ? 'index.html' : ''}`;
}

function memoize<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}
