import { join } from 'node:path';
import { lateIn, type Late } from '../digest/late.ts';
import { weekToTell } from '../digest/weeks.ts';
import { writeDigest } from '../digest/write.ts';
import { readMembers } from '../lib/members.ts';
import type { Settings } from '../lib/settings.ts';
import type { Built } from '../lib/site.ts';
import { sizeOf, type Size } from '../lib/size.ts';
import { removalsOf, type Plan } from '../publish/plan.ts';
import type { Publication } from '../publish/record.ts';
import type { Target } from '../publish/target.ts';
import { readRecord } from '../render/record.ts';
import { reportOf, type ReportInput } from './report.ts';
import { writeReport } from './write.ts';
import { writersOf } from './writers.ts';

/** The results of a publish. */
export interface Done {
  settings: Settings;
  target: Target;
  publication: Publication;
  /** The publication that was live until now, if its record is known. */
  previous: Publication | undefined;
  built: Built;
  plan: Plan;
  uploaded: Size;
  before: ReportInput['before'];
  late: Late;
}

/** Writes the report and the week's digest, and prints the report. */
export function tell(done: Done): void {
  const { settings, target, publication, previous, built, plan, uploaded, before, late } = done;
  const { site, layers } = built;
  const { content } = layers.at(-1)!;
  const report = reportOf({
    build: publication.build,
    target: target.name,
    today: publication.published,
    content,
    before,
    writers: writersOf(settings.content, content.entries, previous?.commit, publication.commit),
    late,
    members: readMembers(settings.members),
    site: sizeOf(settings.out),
    uploaded,
    removed: removalsOf(plan).length,
    audit: {
      sealed: [...site.sealed.values()].reduce((sum, files) => sum + files.size, 0),
      readable: site.readable.size,
    },
    pages: layers.flatMap(({ pages }) =>
      [...(readRecord(pages)?.pages ?? [])].map(([path, { milliseconds }]) => ({ path, milliseconds })),
    ),
  });
  const folder = join(settings.work, 'report');
  console.log(`\n${writeReport(report, folder)}`);
  if (!settings.site) return;
  const week = weekToTell(publication.published);
  const { files } = writeDigest(content, {
    week,
    address: settings.site,
    withContent: false,
    late: lateIn(late, week),
    folder,
  });
  console.log(`digest of the week, for the group chat and by mail: ${files.chat} ${files.mail}`);
}
