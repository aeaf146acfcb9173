import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';
import { acceptPreview } from './pull-request/accept.ts';
import { buildPreview } from './pull-request/preview.ts';
import { summarize } from './pull-request/summary.ts';
import { surveyContent } from './pull-request/survey.ts';

const help = `npm run pull-request -- preview FOLDER   builds what a pull request would publish, sealed with a secret of this run only
npm run pull-request -- accept FOLDER    accepts what another run put into FOLDER, which may be hostile

preview compares with the main branch and writes a summary: pages, size, findings. FOLDER gets the site and its key.
accept refuses everything that a build does not write, adds the headers, and prints the link. KB_SITE is the address
of the preview.
The summary goes to GITHUB_STEP_SUMMARY, or else to the terminal. Environment: KB_CONTENT KB_DATE KB_NUMBER KB_SITE.`;

await runMain(async () => {
  const read = readArguments(help, {}, 2);
  if (!read) return;
  const [verb, name] = read.positionals;
  if (!name || (verb !== 'preview' && verb !== 'accept')) {
    throw new CommandError(
      'pull-request: expected preview FOLDER or accept FOLDER (--help shows the usage)',
      2,
    );
  }
  const settings = readSettings();
  const folder = resolve(name);
  if (verb === 'accept') {
    say(acceptPreview(folder, settings.site));
    return;
  }
  const survey = await surveyContent(settings);
  const isSound = survey.findings.every(({ level }) => level !== 'error');
  try {
    say(summarize(survey, isSound ? await buildPreview(settings, folder, survey) : undefined));
  } catch (error) {
    say(summarize(survey, undefined));
    throw error;
  }
  if (!isSound) process.exitCode = 1;
});

/** Appends to the summary page that GitHub shows for a run; without one, prints to the terminal. */
function say(markdown: string): void {
  const page = process.env.GITHUB_STEP_SUMMARY;
  if (page) appendFileSync(page, `${markdown}\n`);
  else console.log(markdown);
}
