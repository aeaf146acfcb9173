import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { checkContent } from './steps/check.ts';
import { renameTopic } from './topics/rename.ts';
import { reviewTopics } from './topics/review.ts';

const help = `npm run topics -- rename OLD NEW   changes the id of a topic, also in every entry; the old address leads to the new one
npm run topics -- review           lists names of two topics, topics with too few or too many pieces, pieces without a topic

Environment: KB_CONTENT KB_DATE`;

const verbs: Record<
  string,
  { words: string[]; run: (settings: Settings, words: string[]) => Promise<void> }
> = {
  rename: {
    words: ['OLD', 'NEW'],
    run: (settings, [from = '', to = '']) => {
      const entries = renameTopic(settings.content, from, to);
      entries.forEach((path) => console.log(path));
      console.log(
        `topics: renamed ${from} to ${to} in ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`,
      );
      return Promise.resolve();
    },
  },
  review: {
    words: [],
    run: async (settings) => {
      const findings = reviewTopics(await checkContent(settings));
      if (findings.length > 0) throw new CommandError(findings.join('\n'));
      console.log('topics: no findings');
    },
  },
};

await runMain(async () => {
  const args = readArguments(help, {}, 3);
  if (!args) return;
  const [name = '', ...words] = args.positionals;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb)
    throw new CommandError(`topics: expected rename or review, got "${name}" (--help shows the usage)`, 2);
  if (words.length !== verb.words.length) {
    throw new CommandError(`topics: ${name} takes ${verb.words.join(' and ') || 'no arguments'}`, 2);
  }
  await verb.run(readSettings(), words);
});
