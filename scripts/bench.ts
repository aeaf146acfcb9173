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

const text = { type: 'string' } as const;
const options = { corpus: text, queries: text, entries: text };
type Given = Partial<Record<keyof typeof options, string>>;

interface Bench {
  /** Required options. */
  needs?: (keyof Given)[];
  takes?: (keyof Given)[];
  run: (given: Given) => Promise<void>;
}

/** Each benchmark is imported only when it runs: together they load browsers and a second search engine. */
const benches: Record<string, Bench> = {
  check: {
    takes: ['entries'],
    run: async ({ entries = '2000' }) => (await import('./bench/check.ts')).benchCheck(Number(entries)),
  },
  preview: {
    takes: ['entries'],
    run: async ({ entries = '2000' }) => (await import('./bench/preview.ts')).benchPreview(Number(entries)),
  },
  gate: { run: async () => (await import('./bench/gate.ts')).benchGate() },
  search: {
    needs: ['corpus', 'queries'],
    run: async ({ corpus = '', queries = '' }) =>
      (await import('./bench/search.ts')).benchSearch(corpus, queries),
  },
  week: {
    needs: ['corpus'],
    takes: ['entries'],
    run: async ({ corpus = '', entries }) =>
      (await import('./bench/week.ts')).benchWeek(
        corpus,
        entries === undefined ? undefined : Number(entries),
      ),
  },
  beside: {
    needs: ['corpus'],
    run: async ({ corpus = '' }) => (await import('./bench/beside.ts')).benchBeside(corpus),
  },
  lighthouse: { run: async () => (await import('./bench/lighthouse.ts')).benchLighthouse() },
  transcript: { run: async () => (await import('./bench/transcript.ts')).benchTranscript() },
};

await runMain(async () => {
  const args = readArguments(help, options, 1);
  if (!args) return;
  const { values, positionals } = args;
  const [name = ''] = positionals;
  const refuse = (reason: string) => new CommandError(`bench: ${reason} (--help shows the usage)`, 2);
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) throw refuse(`expected one of ${Object.keys(benches).join(', ')}, got "${name}"`);
  const { needs = [], takes = [], run } = bench;
  const stray = Object.keys(values).find((option) => ![...needs, ...takes].some((known) => known === option));
  if (stray) throw refuse(`--${stray} does not go with ${name}`);
  if (needs.some((option) => !values[option])) {
    throw refuse(`${name} needs ${needs.map((option) => `--${option} FILE`).join(' and ')}`);
  }
  const { entries } = values;
  if (entries !== undefined && !/^\d{1,6}$/.test(entries)) {
    throw refuse(`--entries takes a whole number, got "${entries}"`);
  }
  await run(values);
});
