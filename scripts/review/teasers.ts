import { isTeased } from '../../src/markdown/projection.ts';
import type { Entry } from '../../src/markdown/content.ts';

/**
 * Says what each entry with `teaser: true` shows to anyone, one line each. No mistake, but to be known before
 * publishing.
 */
export function describeTeasers(entries: readonly Entry[]): string[] {
  return entries.filter(isTeased).map((entry) => {
    const { data, cover, file, title } = entry;
    const shown = [
      '标题',
      ...('summary' in data && data.summary ? ['摘要'] : []),
      ...(cover ? ['封面'] : []),
    ];
    return `${file} 写了 teaser: true：门外谁都看得到“${title}”的${shown.join('、')}`;
  });
}
