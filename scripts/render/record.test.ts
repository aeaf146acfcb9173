import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readRecord, writeRecord } from './record.ts';

const folder = mkdtempSync(join(tmpdir(), 'record-'));
const pages = join(folder, 'members');
afterAll(() => rmSync(folder, { recursive: true }));

test('gives back what was written, and nothing where there is nothing to trust', () => {
  const record = {
    basis: 'b',
    given: 'g',
    answers: new Map([
      ['["today"]', 'x'],
      ['["person","lin"]', 'y'],
    ]),
    pages: new Map([['/', { digest: 'd', questions: ['["person","lin"]'], milliseconds: 3 }]]),
  };
  writeRecord(pages, record);
  expect(readRecord(pages)).toEqual(record);

  truncateSync(`${pages}.record`, 40);
  expect(readRecord(pages)).toBeUndefined();
});
