import { benchBeside } from './bench/beside.ts';
import { benchCheck } from './bench/check.ts';
import { benchGate } from './bench/gate.ts';
import { benchLighthouse } from './bench/lighthouse.ts';
import { benchPreview } from './bench/preview.ts';
import { benchSearch } from './bench/search.ts';
import { benchTranscript } from './bench/transcript.ts';
import { benchWeek } from './bench/week.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';

const help = `npm run bench -- NAME: measures one thing, as ratios in one run

  check [--entries 2000]                npm run check, beside nothing but parsing the same files
  preview [--entries 2000]              npm run dev: from a change to its page, beside a small folder
  gate                                  what sealing costs: throughput, the door, opening a page, the key store, a build
  search --corpus FILE --queries FILE   search on text of your own, beside stock Pagefind:
                                        JSON lines {id, title, markdown} and {kind, query, relevant}
  week --corpus FILE [--entries N]      a week's build beside a clean one, on text of your own: JSON lines
                                        {id, title, markdown}, put together anew up to N entries
  beside --corpus FILE                  a clean build of the same texts beside Hugo, stock Pagefind and StatiCrypt,
                                        and beside Starlight; installs them first
  lighthouse                            what Lighthouse scores: plain files, opened pages; installs it first
  transcript                            what has grown long beside what is short: a talk of 3,000 lines, a wall
                                        of 600 quotes, lists of 2,000 pieces: open, scroll, jump`;

await runMain(async () => {
  const text = { type: 'string' } as const;
  const given = readArguments(help, { corpus: text, queries: text, entries: text }, 1);
  if (!given) return;
  const [name] = given.positionals;
  const { corpus, queries, entries = '2000' } = given.values;
  if (!/^\d{1,6}$/.test(entries)) throw new CommandError(`--entries: "${entries}" is not a whole number`, 2);
  if (name === 'check') return benchCheck(Number(entries));
  if (name === 'preview') return benchPreview(Number(entries));
  if (name === 'transcript') return benchTranscript();
  if (name === 'gate') return benchGate();
  if (name === 'lighthouse') return benchLighthouse();
  if (name === 'week') {
    if (!corpus) throw new CommandError('week needs --corpus FILE', 2);
    return benchWeek(corpus, given.values.entries === undefined ? undefined : Number(entries));
  }
  if (name === 'beside') {
    if (!corpus) throw new CommandError('beside needs --corpus FILE', 2);
    benchBeside(corpus);
    return;
  }
  if (name !== 'search') throw new CommandError(`no bench "${name ?? ''}" (--help shows them)`, 2);
  if (!corpus || !queries) throw new CommandError('search needs --corpus FILE and --queries FILE', 2);
  await benchSearch(corpus, queries);
});
