import { counted } from '../../src/i18n/counted.ts';
import { dayInShanghai } from '../../src/model/week.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { ask, largestRoot } from '../verify/ask.ts';
import { minutesAhead } from '../verify/clock.ts';

const A_DAY = 24 * 60;

/**
 * Compares today's date with the host's clock, unless `KB_DATE` was set. A future date makes a build number that no
 * later build may go below, and shuts out members who expire before that date.
 *
 * @throws CommandError when the clocks differ by more than a day
 */
export async function assertClock({ site, date }: Pick<Settings, 'site' | 'date'>): Promise<void> {
  if (!site || date !== dayInShanghai(new Date())) return;
  const answer = await ask(`${site}/root`, largestRoot);
  // A host that doesn't answer is reported later, before the switch.
  const minutes = typeof answer === 'string' ? undefined : minutesAhead(answer);
  if (minutes === undefined || Math.abs(minutes) <= A_DAY) return;
  const days = Math.round(Math.abs(minutes) / A_DAY);
  throw new CommandError(
    `publish: this machine's clock says ${date}, ${counted(days, 'day')} ${minutes > 0 ? 'ahead of' : 'behind'} the host's; nothing was built. Set the clock; if the host's is wrong, set today's date: KB_DATE=YYYY-MM-DD`,
  );
}
