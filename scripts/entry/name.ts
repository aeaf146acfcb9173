import { randomInt } from 'node:crypto';
import { pinyin } from 'pinyin-pro';
import type { Form } from '../../src/model/form.ts';

/** Longer names are cut after a syllable. */
const LONGEST = 48;

/**
 * Returns a file name that spells a title: `公告只写三行` ⇒ `gong-gao-zhi-xie-san-hang`; for a person one word, `林夏` ⇒
 * `linxia`. Empty if nothing in the title can be spelled.
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

/** Returns the Pinyin syllables of a text, without tones, and its Latin words: `公告 v2` ⇒ `gong`, `gao`, `v2`. */
export function syllablesOf(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .flatMap((part) => part.toLowerCase().split(/[^a-z0-9]+/))
    .filter((word) => word !== '');
}

/** Draws an address that tells nothing but a day, `2026-11-22-k3vq`, because anyone can read addresses. */
export function drawSlug(date: string): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const drawn = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]!);
  return `${date}-${drawn.join('')}`;
}
