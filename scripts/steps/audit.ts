import { historiesOf, readHistory } from '../../src/history.ts';
import { circlesOf, tiersOf } from '../../src/model/audience.ts';
import type { Bytes } from '../../src/vault/index.ts';
import { checkExactly, type Expected } from '../audit/exact.ts';
import { KeySearch } from '../audit/keys.ts';
import { findLeaks, findWithheld, readWithheld, type Grounds, type ReadFile } from '../audit/leaks.ts';
import { checkMediaOfTiers, checkOrigin } from '../audit/origin.ts';
import { readOwnTexts } from '../audit/own-texts.ts';
import type { Kind } from '../audit/readings.ts';
import { Staged } from '../audit/staged.ts';
import { CommandError } from '../lib/main.ts';
import { plainly } from '../lib/plainly.ts';
import type { Settings } from '../lib/settings.ts';
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
  // Strangers learn no names from the history, and the highest tier's members all of them: one tier needs none of it.
  const known = tiers.length > 1 ? readHistory(history.folder, history.revision) : new Map();
  const writers = historiesOf(whole.entries, folder, known);
  const withheld = readWithheld(whole, folder);
  const grounds: Grounds = { whole, withheld, own: readOwnTexts(), writers, proven };
  const staged = new Staged(staging);
  const keys = new KeySearch(secret);
  const findings = [
    ...checkExactly(staged, inputs),
    ...(await checkOrigin(site.readable, layers[0]!, theme, whole)),
    ...checkMediaOfTiers(site.sealed, whole),
  ];

  const published = function* (): Generator<ReadFile> {
    // Most doors are the same file at many addresses.
    const paths = new Map<string, string[]>();
    for (const file of staged.files) {
      const digest = staged.digestOf(file);
      paths.set(digest, [...(paths.get(digest) ?? []), file]);
    }
    for (const [digest, [file = '', ...twins]] of paths) {
      if (isSealed(file) && proven.isSilent(digest)) continue;
      const bytes = staged.read(file);
      if (!isSealed(file)) keys.addFile(file, bytes);
      yield { file, bytes, kind: kindOf(file, bytes), twins };
    }
  };
  findings.push(...(await findLeaks(published, circlesOf('public', tiers), grounds)));
  for (const tier of tiers) {
    const opened = function* (): Generator<ReadFile> {
      for (const [path, source] of site.sealed.get(tier)!) {
        if (source.kind !== 'object') continue;
        const [file, bytes] = [`${path} (${tier})`, source.read()];
        if (source.type.startsWith('text/html')) keys.addFile(file, bytes);
        yield { file, bytes, kind: 'text' };
      }
    };
    // Members of the highest tier may see all content, apart from drafts and future entries.
    if (tier === tiers.at(-1)) findings.push(...(await findWithheld(opened, grounds)));
    else findings.push(...(await findLeaks(opened, circlesOf(tier, tiers), grounds)));
  }
  findings.push(...(await keys.findings(membership)));
  if (findings.length > 0) {
    // A name is printed as its author wrote it, which may span several lines.
    const lines = new Set(findings.map((finding) => plainly(finding, Infinity)));
    throw new CommandError([...lines, 'audit: nothing was published'].join('\n'));
  }
}

const isSealed = (file: string) => file.startsWith('o/');

function kindOf(file: string, bytes: Buffer): Kind {
  if (isSealed(file)) return 'ciphertext';
  const isMarked = /^(?:\xfe\xff|\xff\xfe)/.test(bytes.toString('latin1', 0, 2));
  return !isMarked && /\.(?:html|js|css|json|xml|txt|webmanifest)$/.test(file) ? 'text' : 'any';
}
