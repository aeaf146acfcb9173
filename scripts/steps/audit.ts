import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content, Entry } from '../../src/markdown/load.ts';
import { checkExactly } from '../checks/exact.ts';
import { PlaintextSearch } from '../checks/plaintext.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import type { Membership } from '../lib/members.ts';
import type { Site } from '../lib/site.ts';

/** What the staged site is held against. */
export interface Expected {
  site: Site;
  membership: Membership;
  secret: Uint8Array;
  content: { members: Content };
}

/**
 * Proves that the staged site lets out nothing of the members': first exactly, file by file, then with a net for
 * whatever the exact part could be blind to.
 *
 * @throws CommandError naming every file that should not be as it is
 */
export function auditSite(staging: string, { site, membership, secret, content }: Expected): void {
  const findings = checkExactly(staging, site, membership, secret);

  const net = new PlaintextSearch();
  for (const file of listFiles(staging)) net.addFile(file, readFileSync(join(staging, file)));
  // What the public may read is taken from the content itself, not from the run that rendered it: a mistake in
  // choosing public sources must not excuse itself.
  for (const entry of content.members.entries) {
    publicText(entry).forEach((text) => net.allow(text));
  }
  for (const entry of content.members.entries) {
    if (entry.access === 'public') continue;
    for (const { file, text } of allText(entry).flatMap((text) => net.find(text))) {
      findings.push(`${file}: readable text of ${entry.file}: “${text}”`);
    }
  }
  if (findings.length > 0) {
    throw new CommandError([...new Set(findings), 'audit: nothing was published'].join('\n'));
  }
}

/** All that an entry says: its body and every string of its front matter. */
function allText(entry: Entry): string[] {
  return [textOf(entry.html), ...stringsIn(entry.data)];
}

/** What an entry says to everyone: all of it, or what stands above `<Members />`, or nothing. */
function publicText(entry: Entry): string[] {
  if (entry.access === 'public') return allText(entry);
  if (entry.publicHtml === undefined) return [];
  // A recording's chapters tell what is said below the line.
  return [textOf(entry.publicHtml), ...stringsIn({ ...entry.data, chapters: undefined })];
}

/** The words of HTML without its markup; what an image shows is said in words too. */
function textOf(html: string): string {
  return html.replace(/<[^>]*\salt="([^"]*)"[^>]*>/g, ' $1 ').replace(/<[^>]+>/g, '');
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
