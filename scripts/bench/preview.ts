import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, readSettings } from '../lib/settings.ts';
import { percentile } from './measure.ts';
import { writeMany } from './many.ts';

const CHANGES = 10;
const SEARCHES = 3;

/**
 * Measures how long the preview takes from a change to its page and to search, in a small folder and in a large one.
 */
export async function benchPreview(entries: number): Promise<void> {
  const small = await changesIn(0);
  const large = await changesIn(entries);
  const tell = (what: string, count: number, key: keyof Changes) =>
    console.log(
      `from a change to ${what}, median of ${count}: ${(large[key] / small[key]).toFixed(1)} × at ${entries} entries\n` +
        `${small[key].toFixed(2)} s in the project's own folder, ${large[key].toFixed(2)} s at ${entries} entries`,
    );
  tell('its page', CHANGES, 'page');
  tell('search', SEARCHES, 'search');
}

interface Changes {
  page: number;
  search: number;
}

/** Measures the median seconds of a few changes, from writing the file to a page and an index that contain it. */
async function changesIn(entries: number): Promise<Changes> {
  const around = mkdtempSync(join(tmpdir(), 'bench-preview-'));
  const content = join(around, 'content');
  const { content: own, date } = readSettings();
  writeMany(own, content, entries);
  const file = join(content, 'notes/bench.mdx');
  const write = (words: string) =>
    writeFileSync(file, `---\ntitle: 一则\ndate: ${date}\naccess: public\n---\n\n${words}\n`);
  write('先有的');
  const child = spawn(process.execPath, [join(projectRoot, 'scripts/dev.ts')], {
    cwd: projectRoot,
    env: { ...process.env, KB_CONTENT: content, PORT: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const origin = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const address = /Local +(http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
        if (address) resolve(address);
      });
      child.on('exit', () => reject(new Error(output)));
    });
    const shows = async (words: string) =>
      (await (await fetch(`${origin}/notes/bench/`)).text()).includes(words);
    // The first page, and the first index of all pages, are not measured.
    while (!(await shows('先有的')));
    // This file names all others of the index by their digests.
    const index = async () => (await fetch(`${origin}/pagefind/members/pagefind-entry.json`)).text();
    const took = async (words: string, isThere: () => Promise<boolean>) => {
      const start = performance.now();
      write(words);
      while (!(await isThere()));
      return (performance.now() - start) / 1000;
    };
    const searches: number[] = [];
    for (let change = 0; change < SEARCHES; change++) {
      const before = await index();
      searches.push(await took(`第 ${change} 次找`, async () => (await index()) !== before));
    }
    const pages: number[] = [];
    for (let change = 0; change < CHANGES; change++) {
      const words = `第 ${change} 次改动`;
      pages.push(await took(words, () => shows(words)));
    }
    return { page: percentile(pages, 0.5), search: percentile(searches, 0.5) };
  } finally {
    // End it first: it watches the folder.
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    rmSync(around, { recursive: true, force: true });
  }
}
