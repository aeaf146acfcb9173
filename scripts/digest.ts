import { join, resolve } from 'node:path';
import { isWeek } from '../src/model/week.ts';
import { lateIn } from './digest/late.ts';
import { weekToTell } from './digest/weeks.ts';
import { writeDigest } from './digest/write.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';
import { readLate } from './report/write.ts';
import { checkContent } from './steps/check.ts';

const help = `npm run digest -- [WEEK] [--with-content] [--to FOLDER]

Writes the digest of a week as WEEK.txt, to paste into a group chat, and WEEK.html, to send by mail; prints the text.
WEEK is like 2026-W47; the default is the week of KB_DATE, or on a Monday the week before. Contains only links and what
is public. After a publish on this machine, it also has pieces of earlier weeks that came too late for their digest.
  --with-content   adds members' titles, summaries, quotes and open questions; for pieces of a higher tier, only links
  --to FOLDER      the folder to write to; the default is .work/digest
Environment: KB_SITE, the address that links lead to; KB_CONTENT KB_DATE.`;

await runMain(async () => {
  const args = readArguments(help, { 'with-content': { type: 'boolean' }, to: { type: 'string' } }, 1);
  if (!args) return;
  const settings = readSettings();
  const [week = weekToTell(settings.date)] = args.positionals;
  if (!isWeek(week)) throw new CommandError(`digest: "${week}" is not a week like 2026-W47`, 2);
  if (!settings.site)
    throw new CommandError('digest: KB_SITE is not set; set it to the address that links lead to', 2);
  const { text, files } = writeDigest(await checkContent(settings), {
    week,
    address: settings.site,
    // As the last publish on this machine reported.
    late: lateIn(readLate(join(settings.work, 'report')), week),
    withContent: args.values['with-content'] ?? false,
    folder: resolve(args.values.to ?? join(settings.work, 'digest')),
  });
  console.log(text);
  console.log(`${files.chat}\n${files.mail}`);
});
