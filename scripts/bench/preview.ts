import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, readSettings } from '../lib/settings.ts';
import { percentile } from './measure.ts';
import { writeMany } from './many.ts';

const CHANGES = 10;

/** How long a change takes to its page in the preview, in a small folder and in a large one. */
export async function benchPreview(entries: number): Promise<void> {
  const small = await changesIn(0);
  const large = await changesIn(entries);
  console.log(
    `a change to its page, the middle one of ${CHANGES}: ${(large / small).toFixed(1)} × at ${entries} entries`,
  );
  console.log(
    `${small.toFixed(2)} s in the project's own folder, ${large.toFixed(2)} s at ${entries} entries`,
  );
}

/** Seconds that the middle one of a few changes takes, from writing the file to a page that has it. */
async function changesIn(entries: number): Promise<number> {
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
    // The first pages, and the search that reads them all, are no change.
    while (!(await shows('先有的')));
    await fetch(`${origin}/pagefind/members/pagefind-entry.json`);
    const seconds: number[] = [];
    for (let change = 0; change < CHANGES; change++) {
      const words = `第 ${change} 次改动`;
      const start = performance.now();
      write(words);
      while (!(await shows(words)));
      seconds.push((performance.now() - start) / 1000);
    }
    return percentile(seconds, 0.5);
  } finally {
    child.kill('SIGTERM');
    rmSync(around, { recursive: true, force: true });
  }
}
