import type { Entry } from '../../src/markdown/content.ts';
import { isTeased } from '../../src/markdown/projection.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import { syllablesOf } from '../entry/name.ts';
import type { Places } from './places.ts';

/**
 * Reports telling addresses: anyone can read the address of a members' entry, even if it spells the title or a name.
 */
export function slugReview(names: Iterable<string>): (entry: Entry, places: Places) => LocalFinding[] {
  const spelt = [...names].map((name) => [name, syllablesOf(name).join('')] as const);
  return (entry, { placeOf }) => {
    const { access, publicHtml, slug, title, date } = entry;
    if (access === 'public' || publicHtml !== undefined || isTeased(entry)) return [];
    const [, rest = slug] = /^\d{4}-\d{2}-\d{2}-(.+)$/.exec(slug) ?? [];
    const plain = rest.replaceAll('-', '');
    // A name of two letters would occur in every second random word.
    const name = spelt.find(([, letters]) => letters.length > 2 && plain.includes(letters))?.[0];
    const tells =
      name !== undefined
        ? `写着“${name}”`
        : spells(rest, title)
          ? '拼出了标题'
          : /^[a-z0-9]{4,6}$/.test(rest) && !/[a-z]{5}/.test(rest)
            ? undefined
            : '看得出内容';
    if (tells === undefined) return [];
    return [
      {
        rule: 'telling-slug',
        level: 'warning',
        ...placeOf('slug'),
        message: `成员才能读的文章，网址 ${slug} 人人看得到，${tells}`,
        fix: `写成“日期-四个随机字符”，例如 slug: ${date}-k3vq`,
      },
    ];
  };
}

/** Whether a slug contains two syllables of a title, or one of its Latin words. */
function spells(slug: string, title: string): boolean {
  const plain = slug.replaceAll('-', '');
  const words = syllablesOf(title);
  return words.some((word, index) => {
    const pair = word + (words[index + 1] ?? '');
    return (
      (pair !== word && pair.length > 3 && plain.includes(pair)) || (word.length > 3 && plain.includes(word))
    );
  });
}
