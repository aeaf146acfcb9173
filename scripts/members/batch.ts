import { parse } from 'csv-parse/sync';
import { existsSync } from 'node:fs';
import { isDate } from '../../src/model/week.ts';
import { CommandError } from '../lib/main.ts';
import { readText } from '../lib/members.ts';
import { reasonOf } from '../lib/plainly.ts';
import type { Settings } from '../lib/settings.ts';
import { assertTier, readTiers } from '../lib/tiers.ts';
import { moveTo } from './edit.ts';
import { assertNotOver, checkLine, openMembers, type Line } from './file.ts';

const columns = ['id', 'tier', 'expires'];

interface Row extends Line {
  /** The place of the row, for messages: `list.csv:3`. */
  place: string;
}

/**
 * Imports a CSV with the columns `id` and optionally `tier` and `expires`. New ids are added; existing members get the
 * given tier and expiry (a renewal). Their link stays the same, unless they return to a lost tier. Imports all rows or
 * none.
 *
 * @throws CommandError with file and line of every invalid row
 */
export function batch(settings: Settings, csv: string): string {
  const tiers = readTiers(settings);
  const rows = readRows(csv);
  const file = openMembers(settings.members);
  const problems: string[] = [];
  const seen = new Set<string>();
  let added = 0;
  let changed = 0;
  for (const { place, ...line } of rows) {
    try {
      checkLine(line, place);
      if (line.tier) assertTier(line.tier, tiers, place);
      if (seen.has(line.id)) throw new CommandError(`${place}: "${line.id}" is listed twice`);
      seen.add(line.id);
      const known = file.members.find(({ id }) => id === line.id);
      if (known?.removed) {
        throw new CommandError(
          `${place}: "${line.id}" was removed on ${known.removed}; to let them in again: npm run members -- add ${line.id}`,
        );
      }
      const { id, tier, expires } = line;
      // For a member who has expired, a row may repeat the date in the file.
      if (expires !== known?.expires) assertNotOver(line, settings.date, place);
      if (!known) {
        file.add(line, place);
        added++;
      } else if ((tier && tier !== known.tier) || (expires && expires !== known.expires)) {
        const moved = tier && tier !== known.tier ? moveTo(known, tier, tiers, settings.date) : {};
        file.set(id, { ...moved, ...(expires && { expires }) });
        changed++;
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new CommandError([...problems, 'members: nothing was changed'].join('\n'));
  file.save();
  return `members: added ${added}, changed ${changed}, left ${rows.length - added - changed} unchanged`;
}

function readRows(csv: string): Row[] {
  if (!existsSync(csv)) throw new CommandError(`members: there is no file ${csv}`, 2);
  let records: { record: Record<string, string>; info: { lines: number } }[];
  const text = readText(csv, 'in Excel: CSV UTF-8');
  if (text.trim() === '')
    throw new CommandError(`members: ${csv} is empty; its first line names the columns: id`);
  let found = ['id'];
  try {
    records = parse(text, {
      columns: (header: string[]) => (found = header),
      // Excel separates by semicolons where a comma is the decimal mark; no field may contain any of these.
      delimiter: [',', ';', '\t'],
      trim: true,
      skip_empty_lines: true,
      // Rows that were emptied in a spreadsheet keep their separators.
      skip_records_with_empty_values: true,
      info: true,
    });
  } catch (cause) {
    throw new CommandError(`members: ${csv} is not CSV: ${reasonOf(cause)}`, 1, { cause });
  }
  const twice = found.find((name, index) => found.indexOf(name) !== index);
  if (twice !== undefined) throw new CommandError(`${csv}:1: has the column "${twice}" twice; delete one`);
  if (!found.includes('id') || found.some((name) => !columns.includes(name))) {
    const others = found.filter((name) => !columns.includes(name)).map((name) => `"${name}"`);
    const fix = found.includes('id') ? `; delete the column ${others.join(', ')}` : '';
    throw new CommandError(
      `${csv}:1: expected the columns ${columns.join(', ')}, got "${found.join(', ')}"${fix}`,
    );
  }
  return records.map(({ record: { id = '', tier, expires }, info }) => ({
    place: `${csv}:${info.lines}`,
    id,
    tier: tier === '' ? undefined : tier,
    expires: expires === '' ? undefined : withHyphens(expires),
  }));
}

/** A Chinese Excel saves 2027-03-31 as 2027/3/31, whatever was typed. */
function withHyphens(date: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(date ?? '') ?? [];
  const hyphened = year && month && day && [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  return hyphened !== undefined && isDate(hyphened) ? hyphened : date;
}
