import { join } from 'node:path';
import { counted } from '../../src/i18n/counted.ts';
import { parseRoot, type Bytes, type Root } from '../../src/vault/index.ts';
import { prepareSite } from '../build.ts';
import { listFiles, readBytes } from '../lib/folder.ts';
import { withLock } from '../lib/lock.ts';
import { step } from '../lib/log.ts';
import { CommandError } from '../lib/main.ts';
import { recover } from '../lib/output.ts';
import { reasonOf } from '../lib/plainly.ts';
import { findSecret } from '../lib/secret.ts';
import { readSettings, type Settings } from '../lib/settings.ts';
import type { Site } from '../lib/site.ts';
import { rootIn } from '../steps/membership.ts';
import { askForFile, isSecure, largestRoot } from '../verify/ask.ts';
import { joinUnanswered, printFindings, type Finding } from '../verify/finding.ts';
import { Host } from '../verify/host.ts';
import { tryLeaks } from '../verify/leaks.ts';
import { compareFiles, compareMissing } from '../verify/plain.ts';
import { openAll } from '../verify/sealed.ts';

/**
 * Checks a published site from outside: whether the host serves the files that this checkout makes, with the right
 * headers, and nothing else. With the secret, every sealed file is opened too.
 *
 * @param given - the site's address
 * @returns a summary of what was checked
 * @throws CommandError with one line for each problem; (2) when `given` is not an address
 */
export async function verify(given: string): Promise<string> {
  const settings = settingsFor(given, {});
  const site = settings.site!;
  const rootBytes = await askForFile(`${site}/root`, largestRoot);
  if (typeof rootBytes === 'string') throw new CommandError(`${site}/root: ${rootBytes}`);
  const root = { bytes: rootBytes, parsed: parseLive(site, rootBytes) };
  const { build, date } = root.parsed;
  console.log(`members: ${site}/ is build ${build}, of ${date}`);

  const secret = findSecret(settings);
  const built = secret ? null : await readBuilt(settings, root.parsed);
  if (built) return look(site, root, built, settings, null);
  const work = join(settings.work, 'verify');
  const asPublished = { ...settingsFor(given, { KB_DATE: date }), work };
  return withLock(join(work, 'lock'), async () => {
    const { site: expected } = await prepareSite(asPublished);
    return look(site, root, expected, asPublished, secret);
  });
}

interface Live {
  bytes: Bytes;
  parsed: Root;
}

async function look(
  site: string,
  root: Live,
  { readable, sealed }: Site,
  settings: Settings,
  secret: Bytes | null,
): Promise<string> {
  const host = new Host(site);
  const { answer, findings } = await compareMissing(host, readable);
  if (!isSecure(site)) {
    findings.push({ address: `${site}/`, problem: "is not https: browsers can't open anything there" });
  }
  const files = await step('files', () => compareFiles(host, readable));
  findings.push(...files.findings);
  const leaks = () => tryLeaks(host, [...readable.keys()], answer, settings);
  findings.push(...(await step('leaks', leaks)));
  const published = secret && { address: site, root, read: host.read, secret };
  const opened = published && (await step('sealed', () => openAll(published, sealed, settings)));
  findings.push(...(opened?.findings ?? []));

  for (const name of files.missingGuards) {
    console.warn(`members: the host does not send ${name}; see hosts/ for settings that do`);
  }
  if (opened && !opened.isMembershipPublished) {
    console.warn(
      'members: the published site has other members than the members file has now; publish again',
    );
  }
  if (findings.length > 0) throw new CommandError(report(site, joinUnanswered(findings)));
  return [
    `verified ${readable.size} files at ${site}/`,
    secret
      ? `and opened ${countOf(sealed)} sealed ones`
      : 'but opened no sealed ones, because no secret is set',
  ].join(', ');
}

function countOf(sealed: Site['sealed']): number {
  return [...sealed.values()].reduce((sum, { size }) => sum + size, 0);
}

/**
 * Reads the site in `KB_OUT` if it is the published build; sealed files are then compared as files, without opening
 * them.
 */
async function readBuilt({ out }: Settings, { build, date }: Root): Promise<Site | null> {
  await recover(out);
  const local = rootIn(out);
  if (!local) return null;
  const read = (file: string) => readBytes(join(out, file));
  if (local.build !== build || local.date !== date) {
    console.log(
      `members: ${out} is build ${local.build}, of ${local.date}; rendering the site that the host should have`,
    );
    return null;
  }
  return { readable: new Map(listFiles(out).map((file) => [file, () => read(file)])), sealed: new Map() };
}

function parseLive(site: string, bytes: Bytes): Root {
  try {
    return parseRoot(bytes);
  } catch (error) {
    throw new CommandError(`${site}/root: ${reasonOf(error)}`, 1, { cause: error });
  }
}

function settingsFor(site: string, others: NodeJS.ProcessEnv): Settings {
  if (!/^https?:\/\//.test(site)) {
    // What was given may be a member's link, which must not appear in a log.
    throw new CommandError('members: verify takes the site’s address, like https://kb.example.com/', 2);
  }
  return readSettings({ ...process.env, KB_SITE: site, ...others });
}

function report(site: string, findings: Finding[]): string {
  return `${printFindings(findings)}\n${counted(findings.length, 'finding')} at ${site}/. Was it published from this checkout, with its current members and content and KB_SITE=${site}/, and not rolled back since?`;
}
