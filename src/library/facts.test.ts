import { expect, test } from 'vitest';
import type { Card } from './catalogue.ts';
import { factOf, recordingOf } from './facts.ts';

const talk = (card: object, data: object = {}) =>
  ({ form: 'talks', isPreview: false, ...card, data }) as unknown as Card<'talks'>;
const audio = { src: '/media/a.mp3' };

test('a talk says how long one can listen to it, or that there is nothing to hear', () => {
  expect(recordingOf(talk({ audio }, { duration: '1:02:03' }))).toBe('录音 1:02:03');
  expect(recordingOf(talk({ audio }))).toBe('录音');
  // How long the talk took says nothing about what is here of it.
  expect(recordingOf(talk({}, { duration: '1:15:30' }))).toBe('只有文字');
  expect(factOf(talk({}, { duration: '1:15:30' }))).toBe('只有文字');
});

test('the beginning of a talk that strangers read does not say that there is no recording', () => {
  expect(recordingOf(talk({ isPreview: true }, { duration: '52:05' }))).toBeUndefined();
});
