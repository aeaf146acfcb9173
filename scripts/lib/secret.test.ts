import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSecret } from '../../src/vault/index.ts';
import { testSecret } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readSecret } from './secret.ts';

const secret = parseSecret(testSecret);

test('may end with the line that it was pasted or printed with', () => {
  const root = temporaryFolder();
  expect(readSecret({ root, ci: true }, { KB_SECRET: `${testSecret}\n` })).toEqual(secret);
  writeFileSync(join(root, '.kb-secret'), `${testSecret}\r\n`);
  expect(readSecret({ root, ci: false }, {})).toEqual(secret);
});

test('that is none is not said', () => {
  const read = () => readSecret({ root: '/', ci: true }, { KB_SECRET: `${testSecret}x` });
  expect(read).toThrow(/^KB_SECRET is not 32 bytes.* Restore the secret/);
  expect(read).not.toThrow(testSecret);
});
