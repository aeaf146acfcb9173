import { parentPort, workerData } from 'node:worker_threads';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, parseSource } from '../../src/markdown/compile.ts';
import { forbiddenCharacter } from '../../src/markdown/characters.ts';
import { listFolder } from '../../src/markdown/folder.ts';
import { readLists } from '../../src/markdown/lists.ts';
import type { Block, Entry, Part } from '../../src/markdown/content.ts';
import { MediaStore } from '../../src/markdown/media.ts';
import { resolveEntry } from '../../src/markdown/resolve.ts';
import { siteOf, type Source } from '../../src/markdown/site.ts';
import { readSources } from '../../src/markdown/sources.ts';
import { breakable } from '../../src/text/typography.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import type { Form } from '../../src/model/form.ts';
import { noStubs } from '../../src/model/stubs.ts';
import { LAST_DAY } from '../../src/model/week.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { fixCopy, reviewCopy } from '../../scripts/review/copy/copy.ts';
import { reviewMarkup } from '../../scripts/review/markup.ts';
import { reviewSecrets } from '../../scripts/review/secrets.ts';
import type { Input } from './inputs.ts';
import { faultOfMarkup } from './markup.ts';

/** Data for the worker thread: a content folder that inputs may refer to. */
export interface Around {
  root: string;
  cache: string;
  base: string;
}

/** The result of trying an input. */
export interface Verdict {
  /** The fault that was found; missing if there is none. */
  fault?: string;
  isRendered: boolean;
}

const { root, cache, base } = workerData as Around;
const rules = new Set(readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8').match(/(?<=`)[a-z-]+(?=`)/g));
const quiet = () => undefined;
const folder = listFolder(root);
const lists = readLists(folder, quiet);
const sources = readSources(folder, { root, cache, date: LAST_DAY, drafts: true, base }, quiet);
const media = new MediaStore(folder, cache, base);

parentPort!.on('message', (input: Input) => {
  judge(input).then(
    (verdict) => parentPort!.postMessage(verdict),
    (error: unknown) => {
      const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort!.postMessage({ fault, isRendered: false } satisfies Verdict);
    },
  );
});

/** Takes an input the way of every entry: through the check, and from its source to what pages insert. */
async function judge({ form, source: text }: Input): Promise<Verdict> {
  const parsed = parseSource(text, form);
  const remarks = [
    ...reviewSecrets(text),
    ...reviewMarkup(text, form, parsed),
    ...reviewCopy(text, form, parsed),
  ];
  const compiled = compile(text, form, () => parsed);
  const id = `${form}/tried` as const;
  const source: Source = {
    id,
    form,
    name: 'tried',
    path: `${id}/index.mdx`,
    compiled,
    state: compiled.data && compiled.body ? 'live' : 'wrong',
    slug: 'tried',
    address: `/${id}/`,
  };
  const findings = [...compiled.findings];
  const report = (finding: Omit<LocalFinding, 'level'>) => findings.push({ ...finding, level: 'error' });
  const site = siteOf(new Map(sources).set(id, source), lists, noStubs, base, (path, finding) => {
    if (path === source.path) findings.push(finding);
  });
  const entry = await resolveEntry(source, { site, folder, media }, report);
  const fault =
    [...findings, ...remarks].map((finding) => faultOfFinding(finding, text)).find(Boolean) ??
    faultOfSilence(entry, findings) ??
    faultOfObjects() ??
    (entry && (faultOfEntry(entry) ?? faultOfFix(text, form, findings)));
  return { ...(fault === undefined ? {} : { fault }), isRendered: entry !== undefined };
}

/** Checks that a finding is on a line of the source, under a documented rule, and contains no hidden characters. */
function faultOfFinding(finding: LocalFinding, text: string): string | undefined {
  const { rule, line, column, message, fix } = finding;
  const lines = text.split('\n').length;
  const isPlaced = Number.isInteger(line) && line >= 1 && line <= lines && column >= 1;
  if (!isPlaced) return `a finding at ${line}:${column} of ${lines} lines: ${rule}`;
  if (!rules.has(rule)) return `a rule that docs/rules.md does not have: ${rule}`;
  if (message === '' || fix === '') return `a finding without words: ${rule}`;
  return undefined;
}

/** Checks that an entry that isn't rendered has an error. */
function faultOfSilence(entry: Entry | undefined, findings: readonly LocalFinding[]): string | undefined {
  const isRefused = findings.some(({ level }) => level === 'error');
  return entry === undefined && !isRefused ? 'neither rendered nor refused' : undefined;
}

/**
 * Checks that the result of `check --fix` is still an entry, says the same, and has nothing left to fix.
 *
 * @param before - findings before the fix: an entry is also rendered if its times contradict each other
 */
function faultOfFix(text: string, form: Form, before: readonly LocalFinding[]): string | undefined {
  const { source: fixed } = fixCopy(text, form);
  if (fixed === text) return undefined;
  const errorsOf = (rule: string, findings: readonly LocalFinding[]) =>
    findings.filter((finding) => finding.level === 'error' && finding.rule === rule).length;
  const after = compile(fixed, form).findings;
  const error = after.find(({ rule }) => errorsOf(rule, after) > errorsOf(rule, before));
  if (error) return `--fix brings in ${error.rule} at ${error.line}:${error.column}: ${fixed}`;
  if (bare(fixed) !== bare(text)) return `--fix changes words: ${fixed}`;
  if (fixCopy(fixed, form).source !== fixed) return `--fix is not done at once: ${fixed}`;
  return undefined;
}

const bare = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}\u200b\u2060\ufeff]/gu, '');

function faultOfObjects(): string | undefined {
  const [planted] = Object.keys(Object.prototype);
  return planted === undefined ? undefined : `Object.prototype.${planted}`;
}

function faultOfEntry(entry: Entry): string | undefined {
  const htmls = [
    entry.html,
    entry.publicHtml ?? '',
    ...entry.parts.flatMap(htmlsOf),
    ...entry.quotes.map(({ html }) => html),
    breakable(entry.title),
  ];
  const hidden = forbiddenCharacter(JSON.stringify(entry.data));
  if (hidden) return `the front matter: ${hidden.message}`;
  const texts = [...htmls, entry.text, ...entry.headings.map(({ text }) => text)];
  const left = texts.map(forbiddenCharacter).find(Boolean);
  if (left) return `what is shown: ${left.message}`;
  const address = (entry.data as { work?: { url?: string } }).work?.url;
  if (address !== undefined && !/^https?:\/\//.test(address)) return `work.url ${address}`;
  return htmls.map((html) => faultOfMarkup(html, base)).find(Boolean);
}

function htmlsOf(part: Part | Block): string[] {
  return [part.html, ...('blocks' in part ? (part.blocks ?? []) : []).flatMap(htmlsOf)];
}
