import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSecret } from '../../src/vault/index.ts';
import { testSecret } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readSecret } from './secret.ts';

const secret = parseSecret(testSecret);

test('the secret may end with a line break', () => {
  const root = temporaryFolder();
  expect(readSecret({ root, ci: true }, { KB_SECRET: `${testSecret}\n` })).toEqual(secret);
  writeFileSync(join(root, '.kb-secret'), `${testSecret}\r\n`);
  expect(readSecret({ root, ci: false }, {})).toEqual(secret);
});

test('a malformed secret is not repeated in the error', () => {
  const read = () => readSecret({ root: '/', ci: true }, { KB_SECRET: `${testSecret}x` });
  expect(read).toThrow(/^KB_SECRET is not 32 bytes.* Restore the secret/);
  expect(read).not.toThrow(testSecret);
});
