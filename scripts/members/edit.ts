import { CommandError } from '../lib/main.ts';
import { memberState, type Member } from '../lib/members.ts';
import { tiersUpTo } from '../lib/membership.ts';
import type { Settings } from '../lib/settings.ts';
import { assertTier, readTiers } from '../lib/tiers.ts';
import { assertNotOver, checkLine, openMembers, type Fields, type Line } from './file.ts';

/** Adds a member. One who was removed or has expired gets the next serial: the old link stays dead. */
export function add(settings: Settings, line: Line): string {
  const { members, date } = settings;
  checkLine(line);
  assertNotOver(line, date);
  if (line.tier) assertTier(line.tier, readTiers(settings));
  const file = openMembers(members);
  const { id, tier, expires } = line;
  const known = file.members.find((member) => member.id === id);
  if (known && memberState(known, date).state === 'active') {
    throw new CommandError(
      `members: ${id} is already a member; to print the link: npm run members -- link ${id}`,
    );
  }
  if (known) {
    const serial = known.serial + 1;
    file.set(id, { serial, removed: undefined, lost: undefined, expires, ...(tier && { tier }) });
    file.save();
    return `members: ${id} is a member again, ${untilOf(line)}. Send the new link, with serial ${serial}; the old one stays dead`;
  }
  file.add(line);
  file.save();
  return `members: added ${id}, ${untilOf(line)}`;
}

/** Says until when a member has access. Without `--`, npm takes a date for itself and leaves no trace of it. */
function untilOf({ id, expires }: Line): string {
  if (expires) return `until ${expires}`;
  return `with no last day; to set one: npm run members -- expire ${id} DATE`;
}

/** Removes a member. The line stays as a tombstone, so that the old keys never come back. */
export function remove({ members, date }: Settings, id: string): string {
  const file = openMembers(members);
  const { removed } = file.member(id);
  if (removed) throw new CommandError(`members: ${id} was removed on ${removed}`);
  file.set(id, { removed: date });
  file.save();
  return `members: removed ${id}; access ends with the next build. The line stays as a tombstone.`;
}

/** Sets the last day (YYYY-MM-DD) on which a member gets in, or `never`. The link stays the same. */
export function expire({ members, date }: Settings, id: string, day: string): string {
  const expires = day === 'never' ? undefined : day;
  checkLine({ id, expires });
  assertNotOver({ id, expires }, date);
  const file = openMembers(members);
  assertNotRemoved(file.member(id));
  file.set(id, { expires });
  file.save();
  return expires ? `members: ${id} has access until ${expires}` : `members: ${id} no longer expires`;
}

/**
 * Moves a member to another tier. The link stays the same, unless they return to a tier that they have lost: then they
 * get the next serial, like a removed member who returns.
 */
export function tier(settings: Settings, id: string, name: string): string {
  const tiers = readTiers(settings);
  assertTier(name, tiers);
  const file = openMembers(settings.members);
  const member = file.member(id);
  assertNotRemoved(member);
  if (member.tier === name) throw new CommandError(`members: ${id} is already in the tier "${name}"`);
  const fields = moveTo(member, name, tiers, settings.date);
  file.set(id, fields);
  file.save();
  const said = `members: ${id} is in the tier "${name}" from the next build on`;
  return fields.serial
    ? `${said}, with serial ${fields.serial}; send the new link, the old one stops working then`
    : said;
}

/**
 * Returns the fields of a line that change when its member moves to another tier. Lost tiers leave tombstones.
 *
 * @param tiers - lowest first
 */
export function moveTo(member: Member, name: string, tiers: readonly string[], date: string): Fields {
  const { lost, serial } = member;
  const held = tiersUpTo(name, tiers);
  const tier = name;
  if (held.some((one) => Object.hasOwn(lost ?? {}, one)))
    return { tier, serial: serial + 1, lost: undefined };
  const gone = tiersUpTo(member.tier, tiers).filter((one) => !held.includes(one));
  if (gone.length === 0) return { tier };
  return { tier, lost: { ...lost, ...Object.fromEntries(gone.map((one) => [one, date])) } };
}

/** Replaces a link that was lost or leaked: the serial goes up, tier and expiry stay. */
export function reissue({ members, date }: Settings, id: string): string {
  const file = openMembers(members);
  const member = file.member(id);
  const { state } = memberState(member, date);
  if (state !== 'active') {
    throw new CommandError(`members: ${id} is ${state}; let them in first: npm run members -- add ${id}`);
  }
  file.set(id, { serial: member.serial + 1, lost: undefined });
  file.save();
  return `members: ${id} now has serial ${member.serial + 1}; the old link is dead from the next build on. To print the new one: npm run members -- link ${id}`;
}

function assertNotRemoved({ id, removed }: { id: string; removed?: string | undefined }): void {
  if (!removed) return;
  throw new CommandError(
    `members: ${id} was removed on ${removed}; to let them in again: npm run members -- add ${id}`,
  );
}
