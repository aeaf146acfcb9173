import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectPublic } from '../src/markdown/projection.ts';
import { objectAddress, openLedger, parseRoot, type Bytes, type LedgerLine } from '../src/vault/index.ts';
import { auditSite } from './steps/audit.ts';
import { assertOurs, restore, stagingOf, switchTo } from './lib/folder.ts';
import { withLock } from './lib/lock.ts';
import { step } from './lib/log.ts';
import { readArguments, runMain } from './lib/main.ts';
import { readMembers, resolveMembership } from './lib/members.ts';
import { readSecret } from './lib/secret.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { checkContent } from './steps/check.ts';
import { collectSite } from './steps/collect.ts';
import { indexSearch } from './steps/search.ts';
import { renderPages } from './steps/render.ts';
import { sealSite } from './steps/seal.ts';
import { bundleWorker } from './steps/worker.ts';

const help = `npm run build: check → render → index → seal → audit → dist/

Publishes nothing unless every step succeeds: until then the last good dist/ stands.
Environment: KB_SECRET KB_CONTENT KB_OUT KB_MEMBERS KB_SITE KB_DATE KB_NUMBER (see README).`;

/**
 * Builds the site into `settings.out`.
 *
 * @throws CommandError when a step finds a problem; `settings.out` is then as it was
 */
export async function buildSite(settings: Settings): Promise<void> {
  restore(settings.out);
  assertOurs(settings.out);
  const secret = readSecret(settings);
  await withLock(join(settings.work, 'lock'), async () => {
    const membership = await findMembership(settings, secret);
    const staging = stagingOf(settings.out);
    const sources = join(settings.work, 'public-sources');
    try {
      const members = await step('check', () => checkContent(settings));
      await step('public sources', () => projectPublic(members, settings.content, sources));
      const publicOnly = await checkContent({ ...settings, content: sources });
      const pages = await step('render', async () => {
        const runs = [
          renderPages(settings, 'public', sources),
          renderPages(settings, 'members', settings.content),
        ] as const;
        const [forPublic, forMembers] = await Promise.all(runs);
        return { public: forPublic, members: forMembers };
      });
      const search = await step('index', () => indexSearch(pages, members));
      const worker = await step('worker', () => bundleWorker(settings));
      const content = { public: publicOnly, members };
      const site = collectSite({ pages, content, search, worker, copied: join(settings.root, 'public') });
      await step('seal', () => sealSite(site, membership, secret, settings, staging));
      await step('audit', () => auditSite(staging, { site, membership, secret, content }));
      switchTo(settings.out);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  });
}

/** Who may open this build: members.yaml, corrected by what the build before has sealed for the operator. */
async function findMembership({ members, out, date }: Settings, secret: Bytes) {
  const membership = resolveMembership(readMembers(members), await readLedger(out, secret), date);
  membership.warnings.forEach((warning) => console.warn(warning));
  if (!membership.tokens.some(({ state }) => state === 'active')) {
    console.warn('members: nobody can open this build. Add someone: npm run members -- add ID');
  }
  return membership;
}

/** The ledger of the site that stands in `out`; empty when there is none or another secret sealed it. */
async function readLedger(out: string, secret: Bytes): Promise<LedgerLine[]> {
  const rootFile = join(out, 'root');
  if (!existsSync(rootFile)) return [];
  const { ledger: name } = parseRoot(readBytes(rootFile));
  const file = name && join(out, objectAddress(name));
  if (!file || !existsSync(file)) return [];
  return (await openLedger(secret, { name, bytes: readBytes(file) })) ?? [];
}

function readBytes(file: string): Bytes {
  return new Uint8Array(readFileSync(file));
}

if (import.meta.main) {
  await runMain(async () => {
    if (!readArguments(help, {})) return;
    const settings = readSettings();
    await buildSite(settings);
    console.log(`built ${settings.out}`);
  });
}
