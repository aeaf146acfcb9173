import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { noteOf } from '../../tests/lib/tiny.ts';
import { reviewContent } from '../review/review.ts';
import { warmCaches } from './warm.ts';

/** Bodies with and without faults of each kind: in the text, the syntax and the references. */
const BODIES = ['一段,有毛病', '<Quote>', '看[别的](./没有.mdx)', '上面\n\n<Members />\n\n下面', '一段'];

/** Enough for two processes. */
const COUNT = 130;

test.runIf(availableParallelism() > 1)(
  'processes fill the caches, and the findings are the same as without them',
  async () => {
    const names = Array.from({ length: COUNT }, (_, index) => `n${index}`);
    const folder = tinyFolder(
      Object.fromEntries(
        names.map((name, index) => [
          `notes/${name}.mdx`,
          noteOf({ body: `${BODIES[index % BODIES.length]!}${name}\n` }),
        ]),
      ),
    );
    const findings = async (cache: string) => {
      const content = await folder.load({ cache: join(cache, 'content') });
      return [...content.findings, ...reviewContent(content, { today: '2026-11-22', cache })];
    };
    const [warm, cold] = [join(folder.around, 'warm'), join(folder.around, 'cold')];
    await warmCaches(folder.root, warm, () => true);
    const kept = () => [readdirSync(join(warm, 'content/entries')), readdirSync(join(warm, 'review'))];
    const made = kept();
    expect(made.map((files) => files.length)).toEqual([COUNT, COUNT]);

    const found = await findings(warm);
    expect(kept()).toEqual(made);
    expect(found).toEqual(await findings(cold));
    const rules = ['broken-link', 'copy-punctuation', 'copy-spacing', 'telling-slug', 'unclosed-component'];
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(rules);
  },
);
