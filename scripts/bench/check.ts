import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFrontMatter } from '../../src/markdown/frontmatter.ts';
import { parseBody } from '../../src/markdown/parse.ts';
import { schemas } from '../../src/model/schemas.ts';
import { readEverything } from '../lib/content.ts';
import { readSettings } from '../lib/settings.ts';
import { reviewContent } from '../review/review.ts';
import { warmCaches } from '../steps/warm.ts';
import { writeMany } from './many.ts';

/** Compares the whole check, on all cores, with just parsing the same files on one core. */
export async function benchCheck(entries: number): Promise<void> {
  const settings = readSettings();
  const around = mkdtempSync(join(tmpdir(), 'bench-check-'));
  try {
    const root = join(around, 'content');
    const cache = join(around, 'cache');
    writeMany(settings.content, root, entries);
    const check = async () => {
      await warmCaches(root, cache, () => true);
      const content = await readEverything({ ...settings, content: root, cache });
      const findings = [...content.findings, ...reviewContent(content, { today: settings.date, cache })];
      return { content, findings };
    };
    const first = await timed(check);
    const again = await timed(check);
    const { content, findings } = first.result;
    const parsed = await timed(() => {
      for (const { file, form } of content.entries)
        parseBody(readFrontMatter(readFileSync(file, 'utf8'), schemas[form]).body);
      return Promise.resolve();
    });
    console.log(`${content.entries.length} entries, ${findings.length} findings`);
    for (const [what, { work, seconds }] of Object.entries({
      'parse only': parsed,
      'first check': first,
      'check again': again,
    })) {
      const ratio = (work / parsed.work).toFixed(2).padStart(6);
      console.log(
        `${what.padEnd(12)} ${ratio} × parse  ${work.toFixed(1)} s of work in ${seconds.toFixed(1)} s`,
      );
    }
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
}

/** Measures wall-clock seconds, and CPU seconds on all cores, which other load on the machine hardly affects. */
async function timed<T>(run: () => Promise<T>): Promise<{ result: T; seconds: number; work: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (performance.now() - start) / 1000, work: (user + system) / 1e6 };
}
