import { join, resolve } from 'node:path';
import { isWeek } from '../src/model/week.ts';
import { weekToTell, writeDigest } from './digest/write.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';
import { checkContent } from './steps/check.ts';

const help = `npm run digest -- [WEEK] [--with-content] [--to FOLDER]

Writes what a week brought as WEEK.txt, to paste into a group chat, and WEEK.html, to send by mail; prints the text.
WEEK is like 2026-W47, by default that of KB_DATE, on a Monday the one before. Only links and what is public stand in them.
  --with-content   members' titles, summaries, quotes and open questions too; of pieces for a higher tier links alone
  --to FOLDER      where to, by default .work/digest
Environment: KB_SITE, the address that links lead to; KB_CONTENT KB_DATE.`;

await runMain(async () => {
  const args = readArguments(help, { 'with-content': { type: 'boolean' }, to: { type: 'string' } }, 1);
  if (!args) return;
  const settings = readSettings();
  const [week = weekToTell(settings.date)] = args.positionals;
  if (!isWeek(week)) throw new CommandError(`digest: "${week}" is no week like 2026-W47`, 2);
  if (!settings.site) throw new CommandError('digest: set KB_SITE, the address that links lead to', 2);
  const { text, files } = writeDigest(await checkContent(settings), {
    week,
    address: settings.site,
    withContent: args.values['with-content'] ?? false,
    folder: resolve(args.values.to ?? join(settings.work, 'digest')),
  });
  console.log(text);
  console.log(`${files.chat}\n${files.mail}`);
});
