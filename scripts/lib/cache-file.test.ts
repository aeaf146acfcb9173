import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { CacheFile } from './cache-file.ts';

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'values');
});

/** Returns the keys whose values a run has to compute anew. */
function run(keys: string[], version = '1', others: string[] = []): string[] {
  const made: string[] = [];
  const cache = new CacheFile<string>(file, version, others);
  for (const key of keys) {
    const value = cache.get(key);
    if (value === undefined) {
      made.push(key);
      cache.set(key, `of ${key}`);
    } else {
      expect(value).toBe(`of ${key}`);
    }
  }
  cache.save();
  return made;
}

test('the next run computes only new values, and forgets those that it was not asked for', () => {
  expect(run(['a', 'b'])).toEqual(['a', 'b']);
  expect(run(['b', 'c'])).toEqual(['c']);
  expect(run(['a', 'b', 'c'])).toEqual(['a']);
});

test('a run that asks for nothing keeps what there is', () => {
  run(['a']);
  run([]);
  expect(run(['a'])).toEqual([]);
});

test('values of another version or in a broken file are not used', () => {
  run(['a']);
  expect(run(['a'], '2')).toEqual(['a']);
  writeFileSync(file, 'no such thing');
  expect(run(['a'], '2')).toEqual(['a']);
});

test('values in the files of others are used', () => {
  const own = file;
  run(['a']);
  file = `${own}-2`;
  expect(run(['a', 'b'], '1', [own])).toEqual(['b']);
});
