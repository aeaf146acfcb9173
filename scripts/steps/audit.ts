import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../src/markdown/load.ts';
import { isTeased, teaserOf } from '../../src/markdown/projection.ts';
import { circlesOf, tiersOf, type Audience } from '../../src/model/audience.ts';
import { checkExactly } from '../checks/exact.ts';
import { lettersOf, PlaintextSearch } from '../checks/plaintext.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import type { Membership } from '../lib/membership.ts';
import type { Layer, Site } from '../lib/site.ts';

/** What the staged site is held against. */
export interface Expected {
  site: Site;
  membership: Membership;
  secret: Uint8Array;
  /** The widest audience first; the last one reads everything. */
  layers: readonly Layer[];
}

/**
 * Proves that the staged site lets out nothing of the members', and to no tier what is for a higher one: first exactly,
 * file by file, then with a net for whatever the exact part could be blind to.
 *
 * @throws CommandError naming every file that should not be as it is
 */
export function auditSite(staging: string, { site, membership, secret, layers }: Expected): void {
  const findings = checkExactly(staging, site, membership, secret);
  const whole = layers.at(-1)!.content;
  const tiers = tiersOf(whole.tiers);

  const net = new PlaintextSearch();
  for (const file of listFiles(staging)) net.addFile(file, readFileSync(join(staging, file)));
  findings.push(...catchLeaks(net, circlesOf('public', tiers), whole.entries));
  // What the highest tier's members see is for them to see.
  for (const tier of tiers.slice(0, -1)) {
    const circles = circlesOf(tier, tiers);
    const net = new PlaintextSearch().keepWhole();
    for (const [path, source] of site.sealed.get(tier)!) {
      if (source.kind === 'object') net.addFile(`${path} (${tier})`, source.read());
    }
    findings.push(...catchLeaks(net, circles, whole.entries), ...catchTitles(net, circles, whole.entries));
  }
  if (findings.length > 0) {
    throw new CommandError([...new Set(findings), 'audit: nothing was published'].join('\n'));
  }
}

/**
 * What an audience may read is taken from the content itself, not from the run that rendered it: a mistake in choosing
 * its sources must not excuse itself.
 */
function catchLeaks(net: PlaintextSearch, circles: readonly Audience[], entries: readonly Entry[]): string[] {
  const isOpen = (entry: Entry) => circles.includes(entry.access);
  for (const entry of entries) {
    (isOpen(entry) ? allText(entry) : textAboveTheLine(entry)).forEach((text) => net.allow(text));
  }
  return entries
    .filter((entry) => !isOpen(entry))
    .flatMap((entry) =>
      allText(entry)
        .flatMap((text) => net.find(text))
        .map(({ file, text }) => `${file}: readable text of ${entry.file}: “${text}”`),
    );
}

/** A title tells of an entry however short it is; one that is also said in what the audience reads tells nothing. */
function catchTitles(
  net: PlaintextSearch,
  circles: readonly Audience[],
  entries: readonly Entry[],
): string[] {
  const isOpen = (entry: Entry) => circles.includes(entry.access);
  const said = entries
    .flatMap((entry) => (isOpen(entry) ? allText(entry) : textAboveTheLine(entry)))
    .map(lettersOf);
  return entries
    .filter((entry) => !isOpen(entry) && !said.some((text) => text.includes(lettersOf(entry.title))))
    .flatMap((entry) =>
      net.findWhole(entry.title).map((file) => `${file}: names ${entry.file}: “${entry.title}”`),
    );
}

/** All that an entry says: its body and every string of its front matter. */
function allText(entry: Entry): string[] {
  return [textOf(entry.html), ...stringsIn(entry.data)];
}

/** What an entry says to those who can't open it: what stands above `<Members />`, its teaser, or nothing. */
function textAboveTheLine(entry: Entry): string[] {
  if (isTeased(entry)) return stringsIn(teaserOf(entry));
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
