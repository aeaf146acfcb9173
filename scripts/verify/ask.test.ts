import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { ask, askForFile } from './ask.ts';
import { joinUnanswered, type Finding } from './finding.ts';
import { Host } from './host.ts';

type Plant = (response: ServerResponse) => void;

/** Returns the address of a host that answers every request in one way. */
async function hostThat(answers: Plant): Promise<string> {
  const server = createServer((_, response) => answers(response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/root`;
}

const sent =
  (headers: Record<string, string>, body: string | Uint8Array): Plant =>
  (response) =>
    response.writeHead(200, headers).end(body);

/** Answers by sending a part again and again. */
const dripped =
  (part: string, every: number): Plant =>
  (response) => {
    response.writeHead(200).write(part);
    const timer = setInterval(() => response.write(part), every);
    response.on('close', () => clearInterval(timer));
  };

const packed = (encoding: string) => ({ 'Content-Encoding': encoding });

test('a compressed answer is decompressed, but only up to the size asked for', async () => {
  const url = await hostThat(sent(packed('gzip'), gzipSync('text')));
  expect(new TextDecoder().decode((await askForFile(url, 4)) as Uint8Array)).toBe('text');
  const bomb = await hostThat(sent(packed('gzip'), gzipSync(Buffer.alloc(64 * 2 ** 20))));
  expect(await ask(bomb, 4)).toMatchObject({ isWhole: false, body: new Uint8Array(4) });
});

const named = (count: number) => Array<string>(count).fill('gzip').join(', ');

test.each([
  ['is sent as br, which was not requested', 'br', 'text'],
  ['is sent as gzip, gzip, which was not requested', named(2), 'text'],
  // `fetch` would end this process on such an answer.
  [`is sent as ${named(20)}, which was not requested`, named(20), 'text'],
  ['incorrect header check', 'gzip', 'text'],
  ['unexpected end of file', 'gzip', gzipSync('text').subarray(0, 20)],
])('says what is wrong with an encoded answer: %s', async (problem, encoding, body) => {
  expect(await askForFile(await hostThat(sent(packed(encoding), body)), 9)).toBe(problem);
});

test('a host that sends nothing, or almost nothing, is not waited for', async () => {
  const problem = 'no complete answer came within 1 seconds';
  expect(await ask(await hostThat(() => undefined), 9, 200)).toBe(problem);
  expect(await ask(await hostThat(dripped('x', 10)), 999, 200)).toBe(problem);
});

test('a host that is slow but keeps sending is waited for', async () => {
  // 64 KiB in each second is enough; this is about ten times that.
  const answer = await ask(await hostThat(dripped('x'.repeat(64 * 1024), 100)), 640 * 1024, 200);
  expect(answer).toMatchObject({ isWhole: false });
});

test('reports a host name with no address that answers', async () => {
  expect(await ask('http://localhost:1/root', 9)).toMatch(/^connect ECONNREFUSED .*:1\b/);
});

test('a host that leaves many addresses unanswered is given up, and its findings are joined', async () => {
  let asked = 0;
  const host = new Host('https://x', () => Promise.resolve(asked++ % 2 ? 'reset' : 'no answer'));
  const findings: Finding[] = [];
  for (let i = 0; i < 40; i++) {
    const address = `https://x/${i}`;
    const problem = (await host.ask(address, 9)) as string;
    findings.push({ address, problem, isUnanswered: true });
  }
  expect(asked).toBe(16);
  const other = { address: 'https://x/a', problem: 'is another' };
  expect(joinUnanswered([...findings, other])).toEqual([
    { address: 'https://x/0 and 7 more', problem: 'no answer' },
    { address: 'https://x/1 and 7 more', problem: 'reset' },
    { address: 'https://x/16 and 23 more', problem: 'not requested, because 16 others got no answer' },
    other,
  ]);
});
