import { issueToken } from '../../src/vault/index.ts';
import { memberState, readMembers, type Member } from './members.ts';
import { readSecret } from './secret.ts';
import type { Settings } from './settings.ts';

/**
 * Returns the link that opens the site at `url` (with a trailing slash) for `member`. The token is in the fragment
 * only.
 */
export async function memberLink(
  secret: Uint8Array<ArrayBuffer>,
  member: Member,
  url: string,
): Promise<string> {
  return `${url}#key=${await issueToken(secret, member.id, member.serial)}`;
}

/** Returns the link of the first member who may open the site today; `null` if there is none. */
export async function firstLink(settings: Settings, url: string): Promise<string | null> {
  const member = readMembers(settings.members).find(
    (candidate) => memberState(candidate, settings.date).state === 'active',
  );
  return member ? memberLink(readSecret(settings), member, url) : null;
}
