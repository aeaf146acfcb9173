import { randomInt } from 'node:crypto';
import { pinyin } from 'pinyin-pro';
import type { Form } from '../../src/model/form.ts';

/** Names longer than this are cut after a syllable. */
const LONGEST = 48;

/**
 * A file name that spells a title: `公告只写三行` ⇒ `gong-gao-zhi-xie-san-hang`; a person's is one word, `林夏` ⇒ `linxia`.
 * Empty where nothing of the title can be spelt.
 */
export function spell(title: string, form: Form): string {
  const words = syllablesOf(title);
  if (form === 'people') return words.join('').slice(0, LONGEST);
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word.slice(0, LONGEST) : `${name}-${word}`;
    if (longer.length > LONGEST) break;
    name = longer;
  }
  return name;
}

/** The syllables of a text in Pinyin, without tones, and its Latin words: `公告 v2` ⇒ `gong`, `gao`, `v2`. */
export function syllablesOf(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .flatMap((part) => part.toLowerCase().split(/[^a-z0-9]+/))
    .filter((word) => word !== '');
}

/** An address that says nothing but a day: `2026-11-22-k3vq`. Addresses can be read by anyone. */
export function drawSlug(date: string): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const drawn = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]!);
  return `${date}-${drawn.join('')}`;
}
