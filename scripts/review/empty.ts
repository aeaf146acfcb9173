import type { Entry } from '../../src/markdown/content.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import type { Places } from './places.ts';

/** Reports entries that would be published as a title without a body. For a person, the front matter is enough. */
export function emptyReview(
  { form, data, html }: Pick<Entry, 'form' | 'data' | 'html'>,
  { source, placeAt }: Pick<Places, 'source' | 'placeAt'>,
): LocalFinding[] {
  if (form === 'people' || data.draft || html.trim() !== '') return [];
  return [
    {
      rule: 'empty-body',
      level: 'warning',
      ...placeAt(source.trimEnd().length),
      message: '只有信息区，没有正文',
      fix: '在 --- 下面写正文；还没写好就写 draft: true',
    },
  ];
}
