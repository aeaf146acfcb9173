import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { checkContent } from './steps/check.ts';
import { renameTopic } from './topics/rename.ts';
import { reviewTopics } from './topics/review.ts';

const help = `npm run topics -- rename OLD NEW   another id for a topic, in every entry too; the old address leads on
npm run topics -- review           names for two things, topics with too little or too much, pieces without one

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
        `topics: ${from} is ${to} now, in ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`,
      );
      return Promise.resolve();
    },
  },
  review: {
    words: [],
    run: async (settings) => {
      const findings = reviewTopics(await checkContent(settings));
      if (findings.length > 0) throw new CommandError(findings.join('\n'));
      console.log('topics: nothing to think about');
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
    throw new CommandError(`topics: ${name} takes ${verb.words.join(' and ') || 'no more words'}`, 2);
  }
  await verb.run(readSettings(), words);
});
