import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { FORMS } from '../../src/model/form.ts';
import { rendererVersion } from '../../src/markdown/version.ts';
import { testSite, writeFiles } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { Bench } from './bench.ts';
import { inputs, type Input } from './inputs.ts';

/** How long to try inputs, in milliseconds. */
const MINUTE = 60_000;

/**
 * The seed follows from the code: changed code gets other inputs, the same code the same ones, so that a failure
 * belongs to the change that causes it. `FUZZ_SEED=…` repeats what failed elsewhere, or tries other inputs.
 */
const seed = Number(process.env.FUZZ_SEED ?? parseInt(rendererVersion().slice(0, 8), 16)) | 0;

const { folder } = testSite('fuzz');
const root = join(folder, 'content');
const picture = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#888' } })
  .png()
  .toBuffer();
mkdirSync(root);
writeFiles(root, {
  'topics.yaml': 'community: { name: 社群, definition: 一群人。 }\n',
  'tiers.yaml': 'patrons: { name: 深度会员 }\n',
  'people/linxia.mdx': '---\nname: <b>"林夏"\nrole: 社群\njoined: 2026-01-01\n---\n\n做社群的人。\n',
  'notes/other.mdx': noteOf({ title: '另一则', body: '## 一节\n\n正文。' }),
  // Files next to the input, for every form.
  ...(Object.fromEntries(
    FORMS.flatMap((form) => [
      [`${form}/tried/index.mdx`, ''],
      [`${form}/tried/a.png`, picture],
      [`${form}/tried/a.csv`, 'a,b\n'],
      [`${form}/tried/a.mp3`, Buffer.from('ID3\u0003\u0000\u0000\u0000\u0000\u0000\u0000')],
    ]),
  ) as Record<string, string | Uint8Array>),
});
const bench = new Bench({ root, cache: join(folder, 'cache'), base: '/base' });
afterAll(() => bench.close());

test(
  'in a minute of fuzzing, every input is refused with its line or becomes harmless markup',
  { timeout: 5 * MINUTE },
  async () => {
    let rendered = 0;
    let refused = 0;
    const result = await fc.check(
      fc.asyncProperty(inputs, async (input) => {
        const { fault, isRendered } = await bench.judge(input);
        if (fault !== undefined) throw new Error(fault);
        if (isRendered) rendered++;
        else refused++;
      }),
      { seed, numRuns: Number.MAX_SAFE_INTEGER, plugins: [fc.interruptAfterTimeLimit(MINUTE)] },
    );
    console.log(`fuzz: seed ${seed}, ${rendered} inputs rendered, ${refused} refused`);
    if (result.failed) {
      const [{ form, source }] = result.counterexample as [Input];
      const written = join(folder, 'failed.mdx');
      writeFiles(folder, { 'failed.mdx': source });
      throw new Error(
        `FUZZ_SEED=${seed} fails after ${result.numRuns} inputs. The smallest that does, of the form ${form} (${written}):\n${JSON.stringify(source)}`,
        { cause: result.errorInstance },
      );
    }
    // Makes sure that both outcomes occur often.
    expect(Math.min(rendered, refused)).toBeGreaterThan(100);
  },
);

test('an input that hangs is stopped and reported, and the next one is tried', async () => {
  const input = { form: 'notes', source: noteOf() } as const;
  // A worker takes longer than this to start.
  await bench.close();
  expect((await bench.judge(input, 1)).fault).toContain('hangs');
  expect(await bench.judge(input)).toEqual({ isRendered: true });
});
