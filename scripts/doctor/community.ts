import { assertCommunity } from '../lib/community.ts';
import { CommandError } from '../lib/main.ts';
import { error, type Diagnosis } from './diagnosis.ts';

/** Checks the community's settings; says nothing if they are right. */
export function examineCommunity(settings?: unknown): Diagnosis[] {
  try {
    assertCommunity(settings);
    return [];
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    const [first = ''] = cause.message.split('\n');
    return [error('community', first, 'correct that line')];
  }
}
