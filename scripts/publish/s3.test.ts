import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { openBucket } from './s3.ts';

let refusal: (response: ServerResponse) => void;
let server: Server;
let asked: string[];
let endpoint: string;
/** A store that accepts every file except those whose names begin with `bad`. */
beforeEach(async () => {
  asked = [];
  refusal = (response) => response.writeHead(403).end();
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume().on('end', () => {
      if (request.url?.includes('/bad')) refusal(response);
      else response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'key');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

test('says which variables hold the credentials when there are none', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('HOME', temporaryFolder());
  const bucket = openBucket(`s3://bucket?endpoint=${endpoint}&path-style=true`);
  await expect(bucket.read('root')).rejects.toThrow(
    'publish: bucket bucket: there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
  );
});

test('says what to add to an address when nothing names the region or another provider’s endpoint', async () => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', temporaryFolder());
  await expect(openBucket('s3://bucket').read('root')).rejects.toThrow(
    'publish: bucket bucket: nothing says where it is; write s3://bucket?region=NAME, or ?endpoint=URL for a provider other than Amazon',
  );
});

test('stops sending files after the store refuses one', async () => {
  const names = ['bad', ...Array.from({ length: 200 }, (_, i) => `good-${i}`)];
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(names.map((name) => [name, name])));
  const bucket = openBucket(`s3://bucket?endpoint=${endpoint}&path-style=true`);
  await expect(bucket.write(folder, names)).rejects.toThrow('publish: bucket bucket');
  const sent = asked.length;
  // Takes as long as further uploads would.
  for (let i = 0; i < 5; i++) await bucket.write(folder, ['good-0']);
  expect(asked.length).toBe(sent + 5);
  expect(sent).toBeLessThan(names.length);
});

const text =
  (status: number, body: string): typeof refusal =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/xml' }).end(body);

// The server of the publishing tests can't do this: Node no longer has the cipher that it seals such a token with.
test('lists the files of a bucket of which the store gives a part at a time', async () => {
  const part = (file: string, next = '') =>
    `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated><NextContinuationToken>${next}</NextContinuationToken><Contents><Key>${file}</Key><Size>1</Size></Contents></ListBucketResult>`;
  refusal = (response) => {
    const isNext = asked.at(-1)!.includes('continuation-token=next');
    text(200, isNext ? part('second') : part('first', 'next'))(response);
  };
  const files = await openBucket(`s3://bad?endpoint=${endpoint}&path-style=true`).list('');
  expect([...files.keys()]).toEqual(['first', 'second']);
});

const withoutEnd: typeof refusal = (response) => {
  const part = Buffer.alloc(2 ** 20, ' ');
  const send = () => {
    while (response.write(part)) if (response.destroyed) return;
  };
  response.writeHead(200).on('drain', send);
  send();
};
const byteByByte: typeof refusal = (response) => {
  const timer = setInterval(() => response.write(' '), 20);
  response.writeHead(200).on('close', () => clearInterval(timer));
};

test.each([
  [
    'tries to control the terminal',
    text(403, '<Error><Code>No\u001b[2J</Code><Message>one\ntwo&#x9b;31m</Message></Error>'),
    'No�[2J: one; two�31m',
  ],
  ['is an HTML page', text(404, '<html>not here</html>'), 'the store answers 404'],
  ['does not come', () => undefined, /^TimeoutError: .*timed out after 200 ms/],
  ['has no end', withoutEnd, 'sends more than 67 MB'],
  ['comes byte by byte', byteByByte, /^has sent only \d+ bytes so far$/],
])('reports a store whose answer %s', async (_, refuses, reason) => {
  refusal = refuses;
  const bucket = openBucket(`s3://bucket?endpoint=${endpoint}&path-style=true`, 200);
  const error: unknown = await bucket.read('bad').catch((thrown: unknown) => thrown);
  const { message } = error as Error;
  expect(message.replace('publish: bucket bucket: ', '')).toMatch(reason);
});

test.each([
  ['has no end', withoutEnd, 'sends more than 67 MB'],
  ['comes byte by byte', byteByByte, /has sent only \d+ bytes so far$/],
  [
    'names no file but promises more, again and again',
    text(
      200,
      '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken></ListBucketResult>',
    ),
    /^has sent only 0 bytes so far$/,
  ],
])('gives up a list of files that %s', async (_, refuses, reason) => {
  refusal = refuses;
  const listing = openBucket(`s3://bad?endpoint=${endpoint}&path-style=true`, 200).list('');
  const error: unknown = await listing.catch((thrown: unknown) => thrown);
  const { message } = error as Error;
  expect(message.replace('publish: bucket bad: ', '')).toMatch(reason);
});
