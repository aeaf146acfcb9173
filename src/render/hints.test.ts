import { expect, test } from 'vitest';
import { hintFiles } from './hints.ts';

test('names the styles and the modules before the first script', () => {
  const policy = '<head><meta http-equiv="Content-Security-Policy">';
  const rest =
    '<script src="/a/head.js"></script><link rel="stylesheet" href="/a/style.css"></head>' +
    '<body><script type="module" src="/a/door.js"></script></body>';
  expect(hintFiles(policy + rest)).toBe(
    policy +
      '<link rel="preload" as="style" href="/a/style.css"><link rel="modulepreload" href="/a/door.js">' +
      rest,
  );
});

test('leaves a page without scripts as it is', () => {
  const page =
    '<meta http-equiv="refresh" content="0;url=/talks/a/"><link rel="stylesheet" href="/a/style.css">';
  expect(hintFiles(page)).toBe(page);
});
