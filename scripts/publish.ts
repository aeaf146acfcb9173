import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { megabytes } from '../src/text/megabytes.ts';
import { counted } from '../src/i18n/counted.ts';
import { piecesOf } from '../src/library/news.ts';
import type { Bytes } from '../src/vault/index.ts';
import { buildSite, type Built } from './build.ts';
import { knownOf, shownBy } from './lib/changes.ts';
import { settleEnds } from './lib/ends.ts';
import { stepOf } from './lib/log.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readMembers } from './lib/members.ts';
import type { Membership } from './lib/membership.ts';
import { recover } from './lib/output.ts';
import { plainly } from './lib/plainly.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { readTiers } from './lib/tiers.ts';
import { lateAfter } from './digest/late.ts';
import { findBefore, type Before } from './publish/before.ts';
import { withClaim, type Held } from './publish/claim.ts';
import { assertClock } from './publish/clock.ts';
import { readLive, type Live } from './publish/live.ts';
import { assertNoneLost } from './publish/lost-members.ts';
import { assertMostStay, assertNotBehind } from './publish/lost-pieces.ts';
import { assertPathKept, verifyServed } from './publish/move.ts';
import { openTarget, targetHelp } from './publish/open-target.ts';
import { bytesOf, planUpload, uploadsOf, type Plan } from './publish/plan.ts';
import type { Publication } from './publish/record.ts';
import { secretFor } from './publish/secret.ts';
import { openSnapshots, revisionOf, stateOf, type Snapshots } from './publish/snapshot.ts';
import type { Target } from './publish/target.ts';
import { upload } from './publish/upload.ts';
import { verifyFiles, verifyVisit } from './publish/verify.ts';
import { tell } from './report/tell.ts';
import { findMembership, rootIn } from './steps/membership.ts';
import { joinUnanswered, printFindings, type Finding } from './verify/finding.ts';
import { Host } from './verify/host.ts';

const help = `npm run publish -- --to TARGET [--dry-run] [--rollback] [--new-secret] [--fewer] [--unverified]

check → build → upload what changed → switch → verify from outside → report. Until the switch, the last good site stays
live; whatever stops a publish, a second run finishes the job.
${targetHelp}
  --dry-run      builds and prints what would be uploaded and removed
  --rollback     publishes the content from before that of the live site, for today's members, as a new build
  --new-secret   replaces a site that was sealed with another secret: every link sent so far stops working
  --fewer        publishes even if most pieces that the live site shows are gone, or some that somebody else published
  --unverified   does not check KB_SITE: TARGET is a folder that another step uploads to the host
Environment: KB_SECRET KB_CONTENT KB_OUT KB_MEMBERS KB_DATE KB_NUMBER, and KB_SITE, the address to verify at.`;

interface Options {
  'dry-run'?: boolean | undefined;
  rollback?: boolean | undefined;
  'new-secret'?: boolean | undefined;
  fewer?: boolean | undefined;
  unverified?: boolean | undefined;
}

await runMain(async () => {
  const args = readArguments(help, {
    to: { type: 'string' },
    'dry-run': { type: 'boolean' },
    rollback: { type: 'boolean' },
    'new-secret': { type: 'boolean' },
    fewer: { type: 'boolean' },
    unverified: { type: 'boolean' },
  });
  if (!args) return;
  const { to, ...options } = args.values;
  if (!to) throw new CommandError(`publish: no target given; add --to TARGET\n${targetHelp}`, 2);
  const settings = readSettings();
  await recover(settings.out);
  const target = openTarget(to, settings);
  if (options['dry-run']) await publish(target, settings, options, null);
  else await withClaim(target, (held) => publish(target, settings, options, held));
});

/**
 * Publishes `settings.content`, or an earlier state of it with `--rollback`.
 *
 * @param held - null for a dry run, which changes nothing at the target
 */
async function publish(
  target: Target,
  settings: Settings,
  options: Options,
  held: Held | null,
): Promise<void> {
  if (!options.unverified) await assertClock(settings);
  const secret = await secretFor(target, settings, options['new-secret'] ?? false);
  const live = await readLive(target, secret);
  if (live.build > 0 && !live.site && !options['new-secret']) {
    throw new CommandError(
      `publish: the site at ${target.name} was sealed with another secret; with this one, every link that members have would stop working. Set the right KB_SECRET; to change the secret on purpose, add --new-secret.`,
    );
  }
  if (live.build > 0) await assertPathKept(target, settings);
  const snapshots = openSnapshots(settings, target.name);
  const before = await findBefore(target, settings, secret, live, snapshots.isKnown());
  assertNoneLost(readMembers(settings.members), before.ledger, readTiers(settings));

  const earlier = options.rollback ? earlierOf(live, snapshots) : null;
  const content = earlier ? withTiersOf(settings.content, snapshots.restore(earlier)) : settings.content;
  const state = stateOf(content);
  const commit = earlier ? earlier.commit : revisionOf(content);
  const publication: Publication = {
    build: nextBuild(before, settings),
    published: settings.date,
    date: earlier?.date ?? settings.date,
    ...(earlier && { of: earlier.of ?? earlier.build }),
    ...(commit !== undefined && { commit }),
    ...(earlier?.content !== undefined && { content: earlier.content }),
  };
  const { build, date } = publication;
  const listed = findMembership({ ...settings, content }, before.ledger);
  const membership = before.site ? await settleEnds(listed, secret, before.site) : listed;
  // If git no longer has the commit, the history is empty; that must not make the publication fail.
  const history = { folder: settings.content, revision: commit ?? 'HEAD' };
  const building = { ...settings, content, history, date, number: build };
  const decided = {
    target,
    settings,
    options,
    held,
    secret,
    live,
    snapshots,
    publication,
    membership,
  };
  // The lock is held until everything is sent, so that no other build can replace this one in KB_OUT.
  await buildSite(building, membership, async (built) => {
    // A later rollback would otherwise restore content that was never live.
    if (stateOf(content) !== state) {
      throw new CommandError(
        'publish: the content changed during the build; nothing was uploaded. Run the same command again.',
      );
    }
    await send(built, decided);
  });
}

/** Everything that is decided before the build. */
interface Decided {
  target: Target;
  settings: Settings;
  options: Options;
  held: Held | null;
  secret: Bytes;
  live: Live;
  snapshots: Snapshots;
  publication: Publication;
  membership: Membership;
}

/** Uploads the built site to the target, or, in a dry run, prints what would be uploaded. */
async function send(
  built: Built,
  { target, settings, options, held, secret, live, snapshots, publication, membership }: Decided,
): Promise<void> {
  const { build, date, of } = publication;
  const { out } = settings;
  const { entries } = built.layers.at(-1)!.content;
  const shown = shownBy(entries);
  // What a rollback brings back has been told before.
  const late = lateAfter(
    live.record?.late ?? {},
    options.rollback ? null : live.shown,
    piecesOf(built.layers.at(-1)!.content),
    publication.published,
  );
  if (!options.rollback) {
    if (!options.fewer) assertMostStay(shown, knownOf(live.shown));
    assertNotBehind({
      content: settings.content,
      live: live.publication,
      shown,
      before: knownOf(live.shown),
      isMeant: options.fewer ?? false,
    });
  }
  const job = { target, folder: out, secret, live, publication, shown, late };
  const plan = await planUpload(job);
  assertFeedsKept(plan, target, settings);
  const uploaded = { files: uploadsOf(plan).length + 1, bytes: bytesOf(out, plan) };
  const name =
    of === undefined ? `build ${build}` : `build ${build}, with the content of build ${of} of ${date},`;
  const uploads = `${counted(uploaded.files, 'file')}, ${megabytes(uploaded.bytes)}`;
  const removals = counted(plan.removed.length + plan.expired.length, 'file');
  for (const file of plan.foreign)
    console.warn(`publish: ${plainly(file)} was not written by a publish and stays`);
  if (!held) {
    console.log(
      `dry run: ${name} would upload ${uploads} and remove ${removals}; nothing was changed at ${target.name}`,
    );
    return;
  }
  const site = options.unverified ? undefined : settings.site;
  const unswitched = `before the switch: the previous site is still live. Does the host at ${site}/ serve ${target.name}?`;
  if (site) stopFor(await verifyServed(site, target), unswitched);
  const content = options.rollback ? publication.content : snapshots.keep(build);
  const shows = { entries: entries.length, ...(content !== undefined && { content }) };
  await upload({ ...job, publication: { ...publication, ...shows } }, plan, held, {
    step: stepOf,
    beforeSwitch: async (files) => {
      if (site) stopFor(await verifyFiles(new Host(site), out, files), unswitched);
    },
    afterSwitch: async () => {
      if (!site) return;
      const findings = await verifyVisit(new Host(site), out, membership, secret);
      stopFor(
        findings,
        `after the switch: nothing was removed. Does the host at ${site}/ serve ${target.name}, without a cache in front of it?`,
      );
    },
    beforeRecord: () => {
      console.log(`published ${name} to ${target.name}: ${uploads}; removed ${removals}`);
      console.log(site ? `verified at ${site}/` : `not verified from outside: ${unverifiedBecause(options)}`);
      tell({
        settings,
        target,
        publication,
        previous: live.publication,
        built,
        plan,
        uploaded,
        before: live.shown,
        late,
      });
    },
  });
}

/**
 * @throws CommandError when `KB_SITE` was probably forgotten: without the site's address, a build has no feed and no site
 *   map, and nothing checks the upload
 */
function assertFeedsKept({ removed }: Plan, target: Target, { site }: Settings): void {
  const lost = removed.find((file) => ['feed.xml', 'sitemap.xml'].includes(file));
  if (site !== undefined || lost === undefined) return;
  throw new CommandError(
    `publish: the site at ${target.name} has ${lost}, but without KB_SITE the new one would not, and nothing would check the upload from outside. Set KB_SITE to the site’s address; to go without on purpose, delete ${lost} there.`,
  );
}

function unverifiedBecause({ unverified }: Options): string {
  return unverified ? '--unverified' : 'KB_SITE is not set';
}

/** Browsers remember the highest build number that they have seen, even when the target was emptied. */
function nextBuild({ build }: Before, { number, out }: Settings): number {
  return Math.max(build + 1, number, rootIn(out)?.build ?? 0);
}

/**
 * Copies today's tiers.yaml into the restored content `earlier`, a folder of ours: membership always follows today's
 * tiers.
 */
function withTiersOf(content: string, earlier: string): string {
  const [now, then] = [content, earlier].map((folder) => join(folder, 'tiers.yaml')) as [string, string];
  if (existsSync(now)) copyFileSync(now, then);
  else rmSync(then, { force: true });
  return earlier;
}

/** Returns the publication to roll back to: the newest earlier one whose content differs from the live content. */
function earlierOf({ build, record, publication: current }: Live, { isSame }: Snapshots): Publication {
  const publications = record?.publications ?? [];
  const shown = current?.of ?? build;
  // A repeated publication of the same content doesn't count, for example one for a new member; unless other entries
  // were due on its day.
  const isAnother = (candidate: Publication) =>
    !current ||
    !isSame(candidate, current) ||
    (candidate.date !== current.date &&
      (candidate.entries === undefined || candidate.entries !== current.entries));
  const earlier = publications.find(
    (candidate) => candidate.of === undefined && candidate.build < shown && isAnother(candidate),
  );
  if (!earlier) throw new CommandError('publish: there is no earlier publication to roll back to');
  return earlier;
}

function stopFor(findings: Finding[], when: string): void {
  if (findings.length === 0) return;
  throw new CommandError(`${printFindings(joinUnanswered(findings))}\npublish: stopped ${when}`);
}
