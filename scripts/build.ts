import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { auditSite } from './steps/audit.ts';
import { Proven } from './audit/proven.ts';
import { withLock } from './lib/lock.ts';
import { step } from './lib/log.ts';
import { readArguments, runMain } from './lib/main.ts';
import type { Membership } from './lib/membership.ts';
import { assertReplaceable, lockOf, putBack, stagingOf, swapIn } from './lib/output.ts';
import { addReminders } from './lib/reminders.ts';
import { readSecret } from './lib/secret.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import type { Built } from './lib/site.ts';
import { takeReplaced } from './lib/staging.ts';
import { dropUnused } from './lib/work-folders.ts';
import { checkContent } from './steps/check.ts';
import { collectSite } from './steps/collect.ts';
import { composeFeeds } from './steps/feeds.ts';
import { findLocalMembership } from './steps/membership.ts';
import { indexAll } from './steps/search.ts';
import { renderAll } from './steps/render.ts';
import { sealSite } from './steps/seal.ts';
import { layOutSources } from './steps/sources.ts';
import { bundleTheme } from './steps/theme.ts';

const help = `npm run build: check → render → index → seal → audit → dist/

Publishes nothing unless every step succeeds: until then, the last good dist/ stays in place.
Environment: KB_SECRET KB_CONTENT KB_OUT KB_MEMBERS KB_SITE KB_DATE KB_NUMBER (see docs/operations.md).`;

/**
 * Builds the site into `settings.out`.
 *
 * @param who - who may open it; default: members.yaml, corrected by the ledger of the build in `settings.out`
 * @param use - is called with the result before the lock is released, so that no other build can replace it meanwhile
 * @returns what was built, after it has passed the audit
 * @throws CommandError when a step finds a problem, in which case `settings.out` is unchanged; whatever `use` throws
 */
export async function buildSite(
  settings: Settings,
  who?: Membership,
  use?: (built: Built) => Promise<void>,
): Promise<Built> {
  const copied = join(settings.root, 'public');
  const inputs = [settings.content, settings.members, join(settings.root, 'src'), copied];
  assertReplaceable(settings.out, inputs, copied);
  const secret = readSecret(settings);
  // Two builds may share one work folder, or write to the same output from two work folders.
  const holder = 'another build or publish';
  const locked = <T>(job: () => Promise<T>) =>
    withLock(lockOf(settings.out), () => withLock(join(settings.work, 'lock'), job, { holder }), { holder });
  return locked(async () => {
    putBack(settings.out);
    const membership = who ?? (await findLocalMembership(settings, secret));
    const staging = stagingOf(settings.out);
    const replaced = join(settings.work, 'replaced-site');
    const proven = new Proven(settings.work);
    try {
      const prepared = await prepareSite(settings);
      const site = await addReminders(prepared.site, membership, secret, settings.date);
      const built: Built = { ...prepared, site };
      await step('seal', () => {
        takeReplaced(replaced, staging);
        const unsealed = { site, membership, secret, settings };
        return sealSite(unsealed, staging, { folder: settings.out, proven });
      });
      await step('audit', () => auditSite(staging, { ...built, membership, secret, settings, proven }));
      proven.save();
      await swapIn(settings.out, replaced);
      await use?.(built);
      await dropUnused(join(settings.root, '.work', 'others'));
      return built;
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  });
}

/**
 * Runs every step up to sealing. The files of the result lie in `settings.work` until the next build there.
 *
 * @throws CommandError when a step finds a problem
 */
export async function prepareSite(settings: Settings): Promise<Built> {
  const steps = [
    step('check', async () => layOutSources(settings, await checkContent(settings))),
    step('theme', () => bundleTheme(settings)),
  ] as const;
  // If one fails, the other is waited for: it writes into folders that the next build may then have.
  const [sources, bundle] = await Promise.all(steps).finally(() => Promise.allSettled(steps));
  const rendered = await step('render', () => renderAll(settings, bundle, sources));
  const layers = await step('index', () => indexAll(settings, rendered));
  const feeds = composeFeeds(layers[0]!.content, settings);
  const theme = bundle.files;
  const site = collectSite({
    layers,
    worker: readFileSync(bundle.worker, 'utf8'),
    feeds,
    theme,
    copied: join(settings.root, 'public'),
  });
  return { site, layers, theme };
}

if (import.meta.main) {
  await runMain(async () => {
    if (!readArguments(help, {})) return;
    const settings = readSettings();
    await buildSite(settings);
    console.log(`built ${settings.out}`);
  });
}
