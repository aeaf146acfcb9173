// Renders one part of an audience's pages, in its own process: node run.ts ENTRY DIGEST SHOWN PAGES PART/PARTS. See
// scripts/steps/render.ts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deserialize } from 'node:v8';
import { readEnvironment } from '../../src/environment.ts';
import { handOver, type Shown } from '../../src/library/handover.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import type * as Entry from '../../src/render/entry.ts';
import { entryReader } from '../lib/entry-reader.ts';
import { memoize } from '../lib/memoize.ts';
import { hasEntry, pageFile } from '../lib/page-files.ts';
import {
  basisOf,
  entriesFile,
  givenOf,
  isUntouched,
  readRecord,
  writeRecord,
  type PageRecord,
} from './record.ts';

const [entry = '', themeDigest = '', shown = '', folder = '', part = ''] = process.argv.slice(2);
const [number = 0, parts = 1] = part.split('/').map(Number);
const content = readFileSync(shown);
handOver(deserialize(content) as Shown);
const { answer, listAddresses, renderPage } = (await import(pathToFileURL(entry).href)) as typeof Entry;

const environment = readEnvironment();
const basis = basisOf(themeDigest, environment);
const before = readRecord(folder);
const isSame = memoize((question: string) => answer(question) === before?.answers.get(question));
const entries = entryReader(entriesFile(folder, number));
const answers = new Map<string, string>();
const pages = new Map<string, PageRecord>();

for (const address of listAddresses().filter((_, at) => at % parts === number)) {
  const known = before?.basis === basis ? before.pages.get(address) : undefined;
  if (known && known.questions.every(isSame) && isUntouched(folder, address, known)) {
    for (const question of known.questions) answers.set(question, before!.answers.get(question)!);
    pages.set(address, known);
    continue;
  }
  const start = performance.now();
  const { bytes, reads } = await renderPage(address);
  const milliseconds = Math.round(performance.now() - start);
  const path = pageFile(address);
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  const digest = digestOf(bytes);
  // Parse the page now: these processes run in parallel, and the index step later uses one core.
  if (hasEntry(path)) entries.read({ address, digest, html: () => Buffer.from(bytes).toString() });
  for (const [question, answered] of reads) answers.set(question, answered);
  pages.set(address, { digest, questions: [...reads.keys()], milliseconds });
}
entries.save();
writeRecord(`${folder}.${number}`, { basis, given: givenOf(content, environment), answers, pages });
