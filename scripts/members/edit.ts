import { CommandError } from '../lib/main.ts';
import { memberState } from '../lib/members.ts';
import type { Settings } from '../lib/settings.ts';
import { checkLine, openMembers, type Line } from './file.ts';

/** Lets somebody in. Somebody who was removed or has expired gets the next serial: the old link stays dead. */
export function add({ members, date }: Settings, line: Line): string {
  checkLine(line);
  const file = openMembers(members);
  const { id, tier, expires } = line;
  const known = file.members.find((member) => member.id === id);
  if (known && memberState(known, date).state === 'active') {
    throw new CommandError(
      `members: ${id} is a member already; print the link with: npm run members -- link ${id}`,
    );
  }
  if (known) {
    const serial = known.serial + 1;
    file.set(id, { serial, removed: undefined, expires, ...(tier && { tier }) });
    file.save();
    return `members: ${id} is back with serial ${serial}; send the new link, the old one stays dead`;
  }
  file.add(line);
  file.save();
  return `members: added ${id}`;
}

/** Shuts somebody out. The line stays as a tombstone: it keeps the old keys from coming back. */
export function remove({ members, date }: Settings, id: string): string {
  const file = openMembers(members);
  const { removed } = file.member(id);
  if (removed) throw new CommandError(`members: ${id} was removed on ${removed}`);
  file.set(id, { removed: date });
  file.save();
  return `members: ${id} is removed; shut out from the next build on. The line stays as a tombstone.`;
}

/** Sets the last day (YYYY-MM-DD) on which somebody gets in, or `never`. The link stays the same. */
export function expire({ members }: Settings, id: string, day: string): string {
  const expires = day === 'never' ? undefined : day;
  checkLine({ id, expires });
  const file = openMembers(members);
  assertNotRemoved(file.member(id));
  file.set(id, { expires });
  file.save();
  return expires ? `members: ${id} gets in until ${expires}` : `members: ${id} does not expire any more`;
}

/** Puts somebody into another tier. The link stays the same. */
export function tier({ members }: Settings, id: string, name: string): string {
  checkLine({ id, tier: name });
  const file = openMembers(members);
  assertNotRemoved(file.member(id));
  file.set(id, { tier: name });
  file.save();
  return `members: ${id} is in the tier "${name}" from the next build on`;
}

/** Replaces a link that was lost or went around: the next serial, while tier and expiry stay. */
export function reissue({ members, date }: Settings, id: string): string {
  const file = openMembers(members);
  const member = file.member(id);
  const { state } = memberState(member, date);
  if (state !== 'active') {
    throw new CommandError(`members: ${id} is ${state}; let them in first: npm run members -- add ${id}`);
  }
  file.set(id, { serial: member.serial + 1 });
  file.save();
  return `members: ${id} has serial ${member.serial + 1}; the old link is dead from the next build on. Print the new one: npm run members -- link ${id}`;
}

function assertNotRemoved({ id, removed }: { id: string; removed?: string | undefined }): void {
  if (!removed) return;
  throw new CommandError(
    `members: ${id} was removed on ${removed}; let them in again with: npm run members -- add ${id}`,
  );
}
