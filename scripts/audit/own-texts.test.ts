import { expect, test } from 'vitest';
import { readOwnTexts } from './own-texts.ts';

test('knows the words of our own files, and of the packages whose code pages run', async () => {
  const own = readOwnTexts();
  for (const word of ['成员', 'grid-template-columns']) expect(own.said.says(word)).toBe(true);
  const packages = await own.packages();
  // The zoomed picture, the QR code, and the search.
  for (const word of ['Gestures', 'Gallery', 'Spring', 'boostEcc', 'Fallback', 'Main thread', 'Similarity']) {
    expect(packages.says(word)).toBe(true);
    expect(own.said.says(word), `${word} is for scripts only`).toBe(false);
  }
  expect(packages.says('Quarterly plan')).toBe(false);
});
