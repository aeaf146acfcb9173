import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptUp } from '../lib/kept.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

// src/worker/range.test.ts tests what a range means; this tests what a browser gets, and what it requests from the
// host.

let host: PlainHost;
let visitor: Visitor;
let recording: { src: string; bytes: number };

beforeAll(async () => {
  host = await serveSample('/repo');
  const { entries } = await sampleContent('/repo');
  recording = entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!.audio!;
  visitor = await newVisitor();
  await visitor.open(`${host.url}#key=${await tokenOf('anna')}`);
  await visitor.see('html[data-access="open"]');
  await keptUp(visitor, '/repo/');
  // Opens the table and the head of the recording once, before any range.
  await ask('bytes=0-0');
});
afterAll(async () => {
  await visitor.close();
  await host.close();
});

/** Requests the recording, none of which is stored, and returns the headers and length of the response. */
function ask(range: string) {
  host.requests.length = 0;
  return visitor.evaluate(
    async ({ src, header }) => {
      await caches.delete('gate /repo/ media');
      const answer = await fetch(src, { headers: { Range: header } });
      const said = {
        status: answer.status,
        range: answer.headers.get('Content-Range'),
        length: answer.headers.get('Content-Length'),
      };
      return { ...said, brought: (await answer.arrayBuffer()).byteLength };
    },
    { src: recording.src, header: range },
  );
}

/** Returns the requests for sealed files: a browser also looks for a newer worker. */
const sealedFiles = () => host.requests.filter((url) => url.includes('/o/'));

const segment = 64 * 1024;

test.each([
  ['bytes=0-1', 1],
  [`bytes=${segment - 1}-${segment}`, 2],
  ['bytes=-1', 1],
  ['BYTES= 70000-70009', 1],
])('%s is answered from %i segments', async (range, segments) => {
  const answer = await ask(range);
  const length = Number(answer.length);
  expect(answer).toMatchObject({ status: 206, brought: length });
  expect(length).toBeLessThan(11);
  expect(answer.range).toMatch(new RegExp(`^bytes \\d+-\\d+/${recording.bytes}$`));
  expect(sealedFiles().length).toBe(segments);
});

test('an end far beyond the file counts as the end of the file', async () => {
  const last = recording.bytes - 1;
  const answer = await ask(`bytes=${last}-${'9'.repeat(30)}`);
  expect(answer).toMatchObject({
    status: 206,
    range: `bytes ${last}-${last}/${recording.bytes}`,
    brought: 1,
  });
  expect(sealedFiles().length).toBe(1);
});

test.each(['bytes=-0', `bytes=${'9'.repeat(30)}-`, `bytes=${'9'.repeat(400)}-`])(
  '%s is outside the file, and asks nothing of the host',
  async (range) => {
    expect(await ask(range)).toMatchObject({
      status: 416,
      range: `bytes */${recording.bytes}`,
      brought: 0,
    });
    expect(sealedFiles()).toEqual([]);
  },
);

test.each(['items=0-1', 'bytes=5-2', 'bytes=1-2,4-5', 'bytes=--1'])(
  '%s is ignored: the whole file comes, with each segment asked for once',
  async (range) => {
    expect(await ask(range)).toEqual({
      status: 200,
      range: null,
      length: String(recording.bytes),
      brought: recording.bytes,
    });
    expect(sealedFiles().length).toBe(Math.ceil(recording.bytes / segment));
  },
);
