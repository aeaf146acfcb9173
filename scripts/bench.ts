import { CommandError, readArguments, runMain } from './lib/main.ts';
import { benchSearch } from './bench/search.ts';

const help = `npm run bench -- NAME: measures one thing, as ratios in one run

  search --corpus FILE --queries FILE   search on text of your own, beside stock Pagefind:
                                        JSON lines {id, title, markdown} and {kind, query, relevant}`;

await runMain(async () => {
  const given = readArguments(help, { corpus: { type: 'string' }, queries: { type: 'string' } }, 1);
  if (!given) return;
  const [name] = given.positionals;
  const { corpus, queries } = given.values;
  if (name !== 'search') throw new CommandError(`no bench "${name ?? ''}" (--help shows them)`, 2);
  if (!corpus || !queries) throw new CommandError('search needs --corpus FILE and --queries FILE', 2);
  await benchSearch(corpus, queries);
});
