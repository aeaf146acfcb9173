import { parseMembers } from '../../scripts/lib/members.ts';
import { resolveMembership, type Membership } from '../../scripts/lib/membership.ts';

/**
 * Returns the membership that a members file gives for a first build on 2026-11-22, on a site with a second tier,
 * `patrons`.
 */
export function membershipOf(text: string): Membership {
  const { members } = parseMembers(text, 'members.yaml');
  return resolveMembership(members, [], '2026-11-22', ['members', 'patrons']);
}
