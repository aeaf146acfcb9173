import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { counted } from '../../src/i18n/counted.ts';
import { qrCodeOf } from '../../src/text/qr-code.ts';
import { makeFolder, writePrivately } from '../lib/folder.ts';
import { memberLink } from '../lib/link.ts';
import { CommandError } from '../lib/main.ts';
import { expiresWithin, memberState, type Member } from '../lib/members.ts';
import { isSite } from '../lib/output.ts';
import { findSecret, readSecret } from '../lib/secret.ts';
import { defaultPort } from '../lib/serve.ts';
import type { Settings } from '../lib/settings.ts';
import { openMembers } from './file.ts';

/**
 * Lists members, one line each, with their state.
 *
 * @param expiring - only active members who expire within this many days
 */
export function list({ members: path, date }: Settings, expiring?: number): string {
  const { members } = openMembers(path);
  if (members.length === 0) return 'members: there are none yet; to add one: npm run members -- add ID';
  const shown = members.filter((member) => expiring === undefined || expiresWithin(member, date, expiring));
  if (shown.length === 0) return `members: nobody expires within ${counted(expiring ?? 0, 'day')}`;
  return shown
    .map((member) => {
      const state = memberState(member, date);
      const until = state.state === 'active' ? (member.expires ? `until ${member.expires}` : '') : state.date;
      return [member.id, `serial ${member.serial}`, member.tier, state.state, until].join('\t').trimEnd();
    })
    .join('\n');
}

export interface LinkOptions {
  /** The members; all active ones if empty. */
  ids: string[];
  /** A folder for an SVG with a QR code for each member, instead of printing the links. */
  qr?: string | undefined;
}

/**
 * Returns the links that let members in, one a line: `ID<tab>LINK`, or the link alone for one member. With `qr`, writes
 * QR codes and returns their paths.
 *
 * @throws CommandError when `CI` is set, as its output is kept, and for a member who may not come in
 */
export async function link(settings: Settings, { ids, qr }: LinkOptions): Promise<string> {
  if (settings.ci) throw new CommandError('members: CI=true: links are not printed where logs are kept');
  const file = openMembers(settings.members);
  const isIn = (member: Member) => memberState(member, settings.date).state === 'active';
  const members = ids.length > 0 ? ids.map(file.member) : file.members.filter(isIn);
  if (members.length === 0) {
    throw new CommandError('members: no member is active; to add one: npm run members -- add ID');
  }
  const shutOut = members.find((member) => !isIn(member));
  if (shutOut) {
    const { state } = memberState(shutOut, settings.date);
    throw new CommandError(
      state === 'expired'
        ? `members: ${shutOut.id} is expired; to let them in with the same link: npm run members -- expire ${shutOut.id} DATE`
        : `members: ${shutOut.id} is ${state}; let them in first: npm run members -- add ${shutOut.id}`,
    );
  }

  const secret = secretOf(settings);
  warnOfLocalLinks(settings);
  const url = settings.site ? `${settings.site}/` : `http://127.0.0.1:${settings.port ?? defaultPort}/`;
  if (qr !== undefined) makePrivateFolder(resolve(qr));
  const lines: string[] = [];
  for (const member of members) {
    const address = await memberLink(secret, member, url);
    if (qr === undefined) {
      lines.push(ids.length === 1 ? address : `${member.id}\t${address}`);
    } else {
      const image = join(qr, `${member.id}.svg`);
      // Anyone who can read the file can come in.
      writePrivately(image, qrCodeOf(address));
      lines.push(image);
    }
  }
  return lines.join('\n');
}

/** Creates a folder whose files git doesn't add; one that exists stays as it is. */
function makePrivateFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(folder);
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

/** @throws CommandError when no secret is set but there is a site: links of a new secret would not open it */
function secretOf(settings: Settings) {
  if (!findSecret(settings) && isSite(settings.out)) {
    throw new CommandError(
      `members: no secret is set, but ${settings.out} was sealed with one. Set KB_SECRET, or put the secret into .kb-secret; if it is lost, see docs/operations.md.`,
    );
  }
  return readSecret(settings);
}

function warnOfLocalLinks({ site }: Settings): void {
  if (site) return;
  console.warn(
    'members: KB_SITE is not set, so links lead to this machine; for links to your site, set KB_SITE=https://…',
  );
}
