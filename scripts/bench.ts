import { CommandError, readArguments, runMain } from './lib/main.ts';

const help = `npm run bench -- NAME: runs one benchmark and prints ratios measured in one run

  check [--entries 2000]                npm run check, compared with only parsing the same files
  preview [--entries 2000]              npm run dev: time from a change to its page, compared with a small folder
  gate                                  what sealing costs: throughput, the door, opening a page, the key store, a build
  search --corpus FILE --queries FILE   search on your own text, compared with stock Pagefind:
                                        JSON lines {id, title, markdown} and {kind, query, relevant}
  week --corpus FILE [--entries N]      a week's build compared with a clean one, on your own text: JSON lines
                                        {id, title, markdown}, recombined to make up to N entries
  beside --corpus FILE                  a clean build of the same texts compared with Hugo, stock Pagefind and
                                        StatiCrypt, and with Starlight; installs them first
  lighthouse                            Lighthouse scores of plain files and of opened pages; installs it first
  transcript                            long pages compared with short ones: a talk of 3,000 lines, a wall of 600
                                        quotes, lists of 2,000 pieces: open, scroll, jump`;

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
  if (stray) throw refuse(`${name} does not take --${stray}`);
  if (needs.some((option) => !values[option])) {
    throw refuse(`${name} needs ${needs.map((option) => `--${option} FILE`).join(' and ')}`);
  }
  const { entries } = values;
  if (entries !== undefined && !/^\d{1,6}$/.test(entries)) {
    throw refuse(`--entries takes a whole number, got "${entries}"`);
  }
  await run(values);
});
