import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { looksActive } from '../../src/markdown/active.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
/** Names of tags by which browsers recognize a page, see src/markdown/active.ts. */
const tags = 'a b body br div font h1 head html iframe p script style table title'.split(' ');
const starts = [
  // Names that go on: not every browser looks where a name ends.
  ...[...letters, ...tags].flatMap((name) => [`<${name}>`, `<${name.toUpperCase()}zz x>`]),
  ...[
    '<!-- -->',
    '<!doctype html>',
    '<!doctype x>',
    '<!x>',
    '<?xml version="1.0"?><html>',
    '<?php ?>',
    '</p>',
  ],
  ...['\ufeff', '\n\t\f\r ', '\v', '\u00a0', 'x', '"', '<'].map((before) => `${before}<p>`),
];

/** A host that sends no type, as Apache does for names that it doesn't know. */
const host = createServer(({ url = '/' }, response) => {
  const start = starts[Number(url.slice(1))];
  if (start === undefined) response.writeHead(404).end();
  else response.writeHead(200).end(`${start}<script>document.title = 'ran';</script>`);
});
let visitor: Visitor;
beforeAll(async () => {
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  visitor = await newVisitor();
});
afterAll(async () => {
  await visitor.close();
  host.close();
  host.closeAllConnections();
});

test('the browser runs no file that may be attached, even if a host sends no type', async () => {
  const { port } = host.address() as AddressInfo;
  const run: string[] = [];
  for (const at of starts.keys()) {
    await visitor.open(`http://127.0.0.1:${port}/${at}`);
    if (await visitor.evaluate(() => document.title === 'ran', null)) run.push(starts[at]!);
  }
  // Makes sure that the test notices one.
  expect(run).toContain('<p>');
  expect(run.filter((start) => !looksActive(Buffer.from(start)))).toEqual([]);
});
