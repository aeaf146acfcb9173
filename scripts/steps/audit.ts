import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../src/markdown/cache.ts';
import { listFolder } from '../../src/markdown/folder.ts';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { historiesOf, readHistory } from '../../src/history.ts';
import type { Bytes } from '../../src/vault/index.ts';
import { circlesOf, tiersOf, type Audience } from '../../src/model/audience.ts';
import { checkExactly, type Expected } from '../audit/exact.ts';
import { KeySearch } from '../audit/keys.ts';
import {
  allText,
  closedNames,
  knownNames,
  NameSearch,
  openLists,
  reachOf,
  Said,
  textAboveTheLine,
  withheldTitles,
  textsOfSource,
  type Name,
} from '../audit/names.ts';
import { checkOrigin } from '../audit/origin.ts';
import { PlaintextSearch, type Kind } from '../audit/plaintext.ts';
import { Staged } from '../audit/staged.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { plainly } from '../lib/plainly.ts';
import type { Proven } from '../lib/proven.ts';
import { projectRoot, type Settings } from '../lib/settings.ts';
import type { Layer } from '../lib/site.ts';

/** What the staged site is compared with. */
interface Inputs extends Expected {
  secret: Bytes;
  /** One layer for each audience, the public first; the last one reads everything. */
  layers: readonly Layer[];
  /** The folder with style sheets, scripts and the files that are copied unchanged. */
  theme: string;
  /** The audit also reads drafts and future entries from the content folder. */
  settings: Pick<Settings, 'content' | 'history' | 'date' | 'number'>;
}

/**
 * Proves that the staged site exposes no members' content to strangers, and to no tier the content of a higher one.
 * Sealed and readable files are checked exactly, one by one, and every readable file has to have an allowed origin. Two
 * nets, one for passages and one for names, then catch what those checks might miss. A last check makes sure that no
 * page contains a key.
 *
 * @throws CommandError naming every file that fails
 */
export async function auditSite(staging: string, inputs: Inputs): Promise<void> {
  const { site, membership, secret, layers, theme, settings, proven } = inputs;
  const whole = layers.at(-1)!.content;
  const tiers = tiersOf(whole.tiers);
  const { content: folder, history } = settings;
  const withheld = readWithheld(whole, folder);
  // Strangers learn no names from the history, and the highest tier's members all of them: one tier needs none of it.
  const known = tiers.length > 1 ? readHistory(history.folder, history.revision) : new Map();
  const writers = historiesOf(whole.entries, folder, known);
  const own = readTheme();
  const staged = new Staged(staging);
  const keys = new KeySearch(secret);
  const findings = [
    ...checkExactly(staged, inputs),
    ...(await checkOrigin(site.readable, layers[0]!, theme, whole)),
  ];

  const published = function* (): Generator<Published> {
    // Most doors are the same file at many addresses.
    const known = new Set<string>();
    for (const file of staged.files) {
      const digest = staged.digestOf(file);
      const isHeard = known.has(digest) || (isSealed(file) && proven.isSilent(digest));
      known.add(digest);
      if (isHeard) continue;
      const bytes = staged.read(file);
      if (!isSealed(file)) keys.addFile(file, bytes);
      yield { file, bytes, kind: kindOf(file, bytes) };
    }
  };
  findings.push(...catchLeaks(published, circlesOf('public', tiers), whole, withheld, own, writers, proven));
  for (const tier of tiers) {
    const opened = function* (): Generator<Published> {
      for (const [path, source] of site.sealed.get(tier)!) {
        if (source.kind !== 'object') continue;
        const [file, bytes] = [`${path} (${tier})`, source.read()];
        if (source.type.startsWith('text/html')) keys.addFile(file, bytes);
        yield { file, bytes, kind: 'text' };
      }
    };
    // Members of the highest tier may see all content, apart from drafts and future entries.
    if (tier === tiers.at(-1))
      findings.push(...catchNames(opened, withheldTitles(withheld, whole, own.said)));
    else findings.push(...catchLeaks(opened, circlesOf(tier, tiers), whole, withheld, own, writers, proven));
  }
  findings.push(...(await keys.findings(membership)));
  if (findings.length > 0) {
    // A name is printed as its author wrote it, which may span several lines.
    const lines = new Set(findings.map((finding) => plainly(finding, Infinity)));
    throw new CommandError([...lines, 'audit: nothing was published'].join('\n'));
  }
}

interface Published {
  file: string;
  bytes: Uint8Array;
  kind: Kind;
}

/**
 * Finds passages and names in `files` that the audiences in `circles` may not read. What they may read is derived from
 * the content itself, not from the run that rendered it: otherwise a wrong choice of its sources would excuse itself.
 */
function catchLeaks(
  files: () => Iterable<Published>,
  circles: readonly Audience[],
  whole: Content,
  withheld: readonly Withheld[],
  own: Own,
  writers: ReturnType<typeof historiesOf>,
  proven: Proven,
): string[] {
  const { entries } = whole;
  const isOpen = (entry: Entry) => circles.includes(entry.access);
  const closed = [
    ...entries
      .filter((entry) => !isOpen(entry))
      .map((entry) => ({ file: entry.file, texts: allText(entry) })),
    ...withheld.map(({ file, source }) => ({ file, texts: textsOfSource(source) })),
  ];
  const net = new PlaintextSearch(
    closed.flatMap(({ texts }) => texts),
    (text) => proven.hashesOf(text),
  );
  for (const { file, bytes, kind } of files()) {
    const isSilent = !net.addFile(file, bytes, kind);
    if (isSilent && kind === 'ciphertext') proven.addSilent(digestOf(bytes));
  }
  // A page may join the items of a list in one line, such as the authors of a book.
  const allow = (texts: string[]) => net.allow(texts.join('\n'));
  allow(openLists(whole, circles));
  for (const entry of entries) allow(isOpen(entry) ? allText(entry) : textAboveTheLine(entry));
  // A piece may quote the site's own texts, such as the description that its door shows.
  net.allow(own.public);
  if (circles.length > 1) net.allow(own.ofMembers);
  // A name of 24 letters is as long as a passage.
  const reach = reachOf(whole, circles, writers);
  [...knownNames(whole, reach), ...reach.wrote].forEach((name) => net.allow(name));
  const passages = closed.flatMap(({ file: of, texts }) =>
    texts
      .flatMap((text) => net.find(text))
      .map(({ file, text }) => `${file}: contains readable text of ${of}: “${text}”`),
  );
  const { said } = own;
  const names = [...closedNames(whole, circles, reach, said), ...withheldTitles(withheld, whole, said)];
  return [...passages, ...catchNames(files, names)];
}

function catchNames(files: () => Iterable<Published>, names: readonly Name[]): string[] {
  const search = new NameSearch(names);
  const findings: string[] = [];
  for (const { file, bytes, kind } of files()) {
    // Sealed files have been opened and compared already.
    if (kind === 'ciphertext') continue;
    const found = search.find(file, bytes, kind);
    findings.push(...found.map(({ text, of }) => `${file}: mentions ${of}: “${text}”`));
  }
  return findings;
}

const isSealed = (file: string) => file.startsWith('o/');

function kindOf(file: string, bytes: Buffer): Kind {
  if (isSealed(file)) return 'ciphertext';
  const isMarked = /^(?:\xfe\xff|\xff\xfe)/.test(bytes.toString('latin1', 0, 2));
  return !isMarked && /\.(?:html|js|css|json|xml|txt|webmanifest)$/.test(file) ? 'text' : 'any';
}

/** The source of an entry that is not published yet: a draft, or one with a later date. */
interface Withheld {
  file: string;
  source: string;
}

function readWithheld({ entries }: Content, folder: string): Withheld[] {
  const out = new Set(entries.map(({ id }) => id as string));
  return [...listFolder(folder).files]
    .filter((file) => file.endsWith('.mdx') && !out.has(file.replace(/(?:\/index)?\.mdx$/, '')))
    .map((file) => ({ file, source: readFileSync(join(folder, file), 'utf8') }));
}

/** What pages may say that isn't content. */
interface Own {
  /** The texts of all our source files. */
  said: Said;
  /** The same texts, for a search for passages: those that strangers may read, and those of the operator's pages. */
  public: string;
  ofMembers: string;
}

/** Reads our own source files, without the comments. */
function readTheme(): Own {
  const sources = join(projectRoot, 'src');
  const files = listFiles(sources).filter(
    (file) => /\.(?:astro|mdx|ts)$/.test(file) && !file.endsWith('.test.ts'),
  );
  const comments = /\/\*[^]*?\*\/|^\s*\/\/.*$|<!--[^]*?-->/gm;
  const read = (file: string) => readFileSync(join(sources, file), 'utf8').replace(comments, '');
  const textOf = (some: string[]) => some.map(read).join('\n');
  // The operator's pages are MDX, and only members read them.
  const isOperators = (file: string) => file.endsWith('.mdx');
  const own = {
    public: textOf(files.filter((file) => !isOperators(file))),
    ofMembers: textOf(files.filter(isOperators)),
  };
  return { ...own, said: new Said([own.public, own.ofMembers]) };
}
