import { existsSync } from 'node:fs';
import { CommandError } from '../lib/main.ts';
import { memberState, readMembers } from '../lib/members.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, warning, type Diagnosis } from './finding.ts';

/** Checks the members file. */
export function examineMembers({ members: file, date }: Settings): Diagnosis[] {
  if (!existsSync(file)) {
    return [
      warning('members', `there is no ${file}, so nobody can open a build`, 'npm run members -- add ID'),
    ];
  }
  try {
    const members = readMembers(file);
    const active = members.filter((member) => memberState(member, date).state === 'active').length;
    return active > 0
      ? [ok('members', `${active} of ${members.length} active`)]
      : [warning('members', 'no member is active', 'npm run members -- add ID')];
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    return [error('members', cause.message, 'fix that line, or restore the file: git restore members.yaml')];
  }
}
