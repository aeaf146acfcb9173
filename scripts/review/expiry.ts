import type { Entry } from '../../src/markdown/content.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import type { Places } from './places.ts';

/** Reports notes that have expired: an offer, a link or a price that was valid until then. */
export function expiryReview(today: string): (entry: Entry, places: Places) => LocalFinding[] {
  return ({ form, data }, { placeOf }) => {
    if (form !== 'notes' || data.expires === undefined || data.expires >= today) return [];
    return [
      {
        rule: 'expired',
        level: 'warning',
        ...placeOf('expires'),
        message: `${data.expires} 已经过期`,
        fix: '更新内容和 expires；不再有用就写 draft: true 收起来',
      },
    ];
  };
}
