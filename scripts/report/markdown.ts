import { megabytes } from '../../src/text/megabytes.ts';
import { counted } from '../../src/i18n/counted.ts';
import { escapeMarkdown } from '../lib/escape-markdown.ts';
import type { Size } from '../lib/size.ts';
import type { Behind } from './cadence.ts';
import type { Credit, Expiring, Named, Report, Written } from './report.ts';

/** Formats the report as Markdown, which reads well in a terminal too. Text of contributors is escaped. */
export function markdownOf(report: Report): string {
  const { build, target, today, entries, site, uploaded, removed, audit, members, expiry } = report;
  const { added, changed, removed: gone } = entries ?? { added: [], changed: [], removed: [] };
  return `${[
    `# Build ${build}, ${today}`,
    list([
      `published to ${target}: sent ${size(uploaded)}, removed ${counted(removed, 'file')}; the site has ${size(site)}`,
      `audit: ${audit.sealed} sealed files open and match what was rendered, ${audit.readable} readable files contain no members’ content`,
      `members: ${members.active} active, ${members.expired} expired, ${members.removed} removed`,
      ...(entries
        ? []
        : [
            'what is new, changed or gone is unknown: the record of the previous site is lost, or sealed with another secret',
          ]),
    ]),
    section(`New (${added.length})`, added.map(written)),
    section(`Changed (${changed.length})`, changed.map(written)),
    section(`Removed (${gone.length})`, gone.map(escapeMarkdown)),
    section('Behind plan', report.behind.map(behind)),
    section('Expired pieces', expiry.expired.map(expiring)),
    section('Pieces that expire soon', expiry.soon.map(expiring)),
    section(
      'Members who expire soon',
      members.expiring.map(({ id, on }) => `${id}, last day ${on}`),
    ),
    ...report.contributions.map(({ span, from, people }) =>
      section(`Contributions of the ${span} (from ${from})`, people.map(credit)),
    ),
    section(
      'Slowest pages',
      report.slowest.map(({ path, milliseconds }) => `${path}: ${milliseconds} ms`),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function section(title: string, lines: string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${list(lines)}`;
}

const list = (lines: string[]) => lines.map((text) => `- ${text}`).join('\n');
const line = ({ id, title }: Named) => `${escapeMarkdown(title)} (${escapeMarkdown(id)})`;
const written = ({ by, ...named }: Written) =>
  `${line(named)}${by.length === 0 ? '' : `, by ${by.map(escapeMarkdown).join(', ')}`}`;
const expiring = ({ on, ...named }: Expiring) => `${line(named)}, last day ${on}`;
const size = ({ files, bytes }: Size) => `${counted(files, 'file')}, ${megabytes(bytes)}`;

function behind({ form, period, has, planned }: Behind): string {
  return `${form}: ${has} of ${planned} in ${period}`;
}

function credit({ name, pieces, helped, said }: Credit): string {
  return `${escapeMarkdown(name)}: ${counted(pieces, 'piece')}, helped with ${helped}, said ${said}`;
}
