import { expect, test } from 'vitest';
import { CommandError } from './main.ts';
import { readSettings } from './settings.ts';

test.each([
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', 'http'],
  ['KB_NUMBER', '1.5'],
  ['KB_DATE', '2026-02-29'],
  ['KB_DATE', '2026-11-22T00:00:00Z'],
  ['KB_DATE', 'today'],
  ['KB_SITE', 'kb.example.com'],
  ['KB_SITE', 'https://kb.example.com/a b/'],
])('%s=%s is refused as wrong use, with the name of the setting', (name, value) => {
  const read = () => readSettings({ [name]: value });
  expect(read).toThrow(expect.objectContaining({ code: 2 }) as CommandError);
  expect(read).toThrow(`${name}: `);
});

test.each([
  'https://kb.example.com/#key=kb_c52n',
  'kb.example.com/#key=kb_c52n',
  'https://kb.example.com/?key=kb_c52n',
  'https://anna:kb_c52n@kb.example.com/',
  'anna:kb_c52n@kb.example.com',
])('KB_SITE=%s is refused without repeating the secret in it', (value) => {
  const read = () => readSettings({ KB_SITE: value });
  expect(read).toThrow(/^KB_SITE: /);
  expect(read).not.toThrow('kb_c52n');
});

test('an empty setting counts as not set', () => {
  const { port, site, base } = readSettings({ PORT: '', KB_SITE: '', KB_DATE: '' });
  expect({ port, site, base }).toEqual({ port: undefined, site: undefined, base: '' });
});
