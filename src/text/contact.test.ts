import { expect, test } from 'vitest';
import { site } from '../site.ts';
import { contact } from './contact.ts';

test('no line breaks between an @ and the name after it', () => {
  expect(contact.how).not.toMatch(/@\p{Script=Han}/u);
  expect(contact.how.replaceAll('\u2060', '')).toBe(site.contact.how);
});
