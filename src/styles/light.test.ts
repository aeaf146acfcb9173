import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lightColours } from './light.ts';

test('reads the light colour of each pair, and colours without a pair', () => {
  const colour = lightColours(
    ':root { --paper: light-dark(#faf8f4, #161513);\n--seal:#9c3422;\n--rule: rgb(1 2 3); }',
  );
  expect(['paper', 'seal', 'rule'].map(colour)).toEqual(['#faf8f4', '#9c3422', 'rgb(1 2 3)']);
  expect(() => colour('ink')).toThrow('src/styles/tokens.css has no colour --ink');
});

test('takes functions with commas as whole colours', () => {
  const colour = lightColours('--ink: light-dark(rgb(1, 2, 3), #fff); --seal: hsl(10, 20%, 30%);');
  expect(['ink', 'seal'].map(colour)).toEqual(['rgb(1, 2, 3)', 'hsl(10, 20%, 30%)']);
});

test('finds the colours of pictures and mails in tokens.css', () => {
  const colour = lightColours(readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8'));
  for (const name of [
    'paper',
    'paper-deep',
    'ink',
    'ink-soft',
    'ink-faint',
    'rule-strong',
    'accent',
    'seal',
  ]) {
    expect(colour(name)).toMatch(/^#[0-9a-f]{6}$/);
  }
});
