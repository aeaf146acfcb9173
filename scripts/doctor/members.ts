import { existsSync } from 'node:fs';
import { counted } from '../../src/i18n/counted.ts';
import { CommandError } from '../lib/main.ts';
import { memberState, readMembers } from '../lib/members.ts';
import { findSecret } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import { letInByLastBuild } from '../steps/membership.ts';
import { error, ok, warning, type Diagnosis } from './diagnosis.ts';

/** Checks the members file. */
export async function examineMembers(settings: Settings): Promise<Diagnosis[]> {
  const { members: file, date, out } = settings;
  if (!existsSync(file)) {
    const lost = await countLost(settings);
    if (lost > 0) {
      return [
        error(
          'members',
          `there is no ${file}, but ${counted(lost, 'member')} can open the build in ${out}`,
          'restore the file: git restore members.yaml; if it is lost, npm run publish prints its lines',
        ),
      ];
    }
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

/** Returns how many members the last build lets in; 0 if that can't be told, which other checks report. */
async function countLost(settings: Settings): Promise<number> {
  try {
    const secret = findSecret(settings);
    return secret ? (await letInByLastBuild(settings.out, secret)).length : 0;
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    return 0;
  }
}
