import { CommandError, readArguments, runMain, type Given } from './lib/main.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { batch } from './members/batch.ts';
import { add, expire, reissue, remove, tier } from './members/edit.ts';
import { editAlone } from './members/file.ts';
import { link, list } from './members/show.ts';
import { verify } from './members/verify.ts';

const help = `npm run members -- add ID [--expires DATE] [--tier TIER]   gives ID access from the next build on
npm run members -- batch FILE.csv             adds and renews members: columns id, tier, expires
npm run members -- remove ID                  ends access from the next build on; leaves a tombstone
npm run members -- expire ID DATE|never       sets the last day on which ID has access
npm run members -- tier ID TIER               moves ID into another tier
npm run members -- reissue ID                 issues a new link for ID; the old one is dead from the next build on
npm run members -- list [--expiring DAYS]     lists all members and their state, or those who expire within DAYS days
npm run members -- link ID… | --all [--qr FOLDER]   prints links, or writes a QR code for each into FOLDER
npm run members -- verify URL                 checks the published site from outside; with the secret, opens all of it

Adding an ID that was removed, or moving one back into a tier that it lost, gives it the next serial, so the old link
stays dead. TIER is members or one of content/tiers.yaml; DATE is YYYY-MM-DD.
Links lead to KB_SITE. verify renders the expected site; without the secret, it uses dist/ if that is the same build.
Environment: KB_MEMBERS KB_CONTENT KB_SECRET KB_SITE KB_DATE; verify also KB_OUT`;

const options = {
  expires: { type: 'string' },
  tier: { type: 'string' },
  expiring: { type: 'string' },
  qr: { type: 'string' },
  all: { type: 'boolean' },
} as const;

interface Verb {
  /** The arguments that must follow the verb. */
  words: string[];
  options?: (keyof typeof options)[];
  /** Whether it writes members.yaml. */
  edits?: true;
  run: (settings: Settings, given: Given<typeof options> & { words: string[] }) => string | Promise<string>;
}

const verbs: Record<string, Verb> = {
  add: {
    words: ['ID'],
    options: ['expires', 'tier'],
    edits: true,
    run: (settings, { words: [id = ''], ...fields }) =>
      add(settings, { id, expires: fields.expires, tier: fields.tier }),
  },
  batch: {
    words: ['FILE.csv'],
    edits: true,
    run: (settings, { words: [file = ''] }) => batch(settings, file),
  },
  remove: { words: ['ID'], edits: true, run: (settings, { words: [id = ''] }) => remove(settings, id) },
  expire: {
    words: ['ID', 'DATE'],
    edits: true,
    run: (settings, { words: [id = '', day = ''] }) => expire(settings, id, day),
  },
  tier: {
    words: ['ID', 'TIER'],
    edits: true,
    run: (settings, { words: [id = '', name = ''] }) => tier(settings, id, name),
  },
  reissue: { words: ['ID'], edits: true, run: (settings, { words: [id = ''] }) => reissue(settings, id) },
  list: {
    words: [],
    options: ['expiring'],
    run: (settings, { expiring }) => list(settings, readDays(expiring)),
  },
  link: {
    words: ['ID…'],
    options: ['qr', 'all'],
    run: (settings, { words, qr }) => link(settings, { ids: words, qr }),
  },
  verify: { words: ['URL'], run: (_, { words: [url = ''] }) => verify(url) },
};

await runMain(async () => {
  const args = readArguments(help, options, Infinity);
  if (!args) return;
  const [name = '', ...words] = args.positionals;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) {
    throw new CommandError(
      `members: expected one of ${Object.keys(verbs).join(', ')}, got "${name}" (--help shows the usage)`,
      2,
    );
  }
  const wanted = args.values.all ? [] : verb.words;
  const isMany = wanted[0]?.endsWith('…') && words.length > 0;
  if (!isMany && words.length !== wanted.length) {
    const orAll = verb.options?.includes('all') ? ' or --all' : '';
    throw new CommandError(`members: ${name} takes ${verb.words.join(' and ') || 'no arguments'}${orAll}`, 2);
  }
  const stray = Object.keys(args.values).find((option) => !verb.options?.some((known) => known === option));
  if (stray) throw new CommandError(`members: ${name} does not take --${stray}`, 2);
  const settings = readSettings();
  const run = async () => verb.run(settings, { words, ...args.values });
  console.log(await (verb.edits ? editAlone(settings.members, run) : run()));
});

function readDays(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,4}$/.test(text))
    throw new CommandError(`members: --expiring takes a number of days, got "${text}"`, 2);
  return Number(text);
}
