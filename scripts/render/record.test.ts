import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readRecord, writeRecord } from './record.ts';

test('reads back what was written, and nothing from a truncated file', () => {
  const pages = join(temporaryFolder(), 'members');
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
