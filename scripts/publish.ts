import { megabytes } from '../src/text/megabytes.ts';
import { isShallow } from '../src/history.ts';
import { counted } from '../src/i18n/counted.ts';
import { piecesOf } from '../src/library/news.ts';
import type { Bytes } from '../src/vault/index.ts';
import { buildSite } from './build.ts';
import { lateAfter } from './digest/late.ts';
import { knownOf, shownBy, type Shown } from './lib/changes.ts';
import { settleEnds } from './lib/ends.ts';
import { stepOf } from './lib/log.ts';
import { CommandError, readArguments, runMain, type Given } from './lib/main.ts';
import { readMembers } from './lib/members.ts';
import type { Membership } from './lib/membership.ts';
import { recover } from './lib/output.ts';
import { plainly } from './lib/plainly.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import type { Built } from './lib/site.ts';
import { readTiers } from './lib/tiers.ts';
import { findBefore, type Before } from './publish/before.ts';
import { withClaim, type Held } from './publish/claim.ts';
import { assertClock } from './publish/clock.ts';
import { readLive, type Live } from './publish/live.ts';
import { assertNoneLost } from './publish/lost-members.ts';
import { assertMostStay, assertNotBehind } from './publish/lost-pieces.ts';
import { assertFeedsKept, assertPathKept, verifyServed } from './publish/move.ts';
import { openTarget, targetHelp } from './publish/open-target.ts';
import { planUpload, removalsOf, uploadSize } from './publish/plan.ts';
import type { Publication } from './publish/record.ts';
import { earlierOf, withTiersOf } from './publish/rollback.ts';
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

const known = {
  to: { type: 'string' },
  'dry-run': { type: 'boolean' },
  rollback: { type: 'boolean' },
  'new-secret': { type: 'boolean' },
  fewer: { type: 'boolean' },
  unverified: { type: 'boolean' },
} as const;

type Options = Omit<Given<typeof known>, 'to'>;

await runMain(async () => {
  const args = readArguments(help, known);
  if (!args) return;
  const { to, ...options } = args.values;
  if (!to)
    throw new CommandError(
      `publish: no target given; write npm run publish -- --to TARGET\n${targetHelp}`,
      2,
    );
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
  if (!options['new-secret']) assertSameSecret(live, target);
  if (live.build > 0) await assertPathKept(target, settings);
  const snapshots = openSnapshots(settings, target.name);
  const before = await findBefore(target, settings, secret, live, snapshots.isKnown());
  assertNoneLost(settings.members, readMembers(settings.members), before.ledger, readTiers(settings));

  if (isShallow(settings.content)) {
    console.warn(
      'publish: this clone has only the latest commits, so neither pages nor report say who wrote what and when it changed; to get all of them: git fetch --unshallow (in a workflow, fetch-depth: 0)',
    );
  }

  const { content, state, publication } = nextOf(live, before, snapshots, settings, options);
  const { build, date, commit = 'HEAD' } = publication;
  const listed = findMembership({ ...settings, content }, before.ledger);
  const membership = before.site ? await settleEnds(listed, secret, before.site) : listed;
  // If git no longer has the commit, the history is empty; that must not make the publication fail.
  const history = { folder: settings.content, revision: commit };
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

/** @throws CommandError when another secret sealed the live site */
function assertSameSecret({ build, site }: Live, { name }: Target): void {
  if (build === 0 || site) return;
  throw new CommandError(
    `publish: the site at ${name} was sealed with another secret; with this one, every link that members have would stop working. Set the right KB_SECRET; to change the secret on purpose, add --new-secret.`,
  );
}

/**
 * Returns the next publication, and its content: that of the settings, or an earlier one with `--rollback`. The content's
 * state is taken first, so that a later change is noticed.
 */
function nextOf(
  live: Live,
  before: Before,
  snapshots: Snapshots,
  settings: Settings,
  { rollback }: Options,
): { content: string; state: string; publication: Publication } {
  const earlier = rollback ? earlierOf(live, snapshots) : null;
  const content = earlier ? withTiersOf(settings.content, snapshots.restore(earlier)) : settings.content;
  const state = stateOf(content);
  const commit = earlier ? earlier.commit : revisionOf(content);
  return {
    content,
    state,
    publication: {
      build: nextBuild(before, snapshots, settings),
      published: settings.date,
      date: earlier?.date ?? settings.date,
      ...(earlier && { of: earlier.of ?? earlier.build }),
      ...(commit !== undefined && { commit }),
      ...(earlier?.content !== undefined && { content: earlier.content }),
    },
  };
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
async function send(built: Built, decided: Decided): Promise<void> {
  const { target, settings, options, held, secret, live, snapshots, publication } = decided;
  const { content } = built.layers.at(-1)!;
  const shown = shownBy(content.entries);
  if (!options.rollback) assertPiecesStay(shown, decided);
  const late = lateAfter(
    live.record?.late ?? {},
    // What a rollback brings back has been told before.
    options.rollback ? null : live.shown,
    piecesOf(content),
    publication.published,
  );
  const job = { target, folder: settings.out, secret, live, publication, shown, late };
  const plan = await planUpload(job);
  assertFeedsKept(plan.removed, target, settings);
  for (const file of plan.foreign)
    console.warn(`publish: ${plainly(file)} was not written by a publish and stays`);
  const name = nameOf(publication);
  const uploaded = uploadSize(settings.out, plan);
  const uploads = `${counted(uploaded.files, 'file')}, ${megabytes(uploaded.bytes)}`;
  const removals = counted(removalsOf(plan).length, 'file');
  if (!held) {
    console.log(
      `dry run: ${name} would upload ${uploads} and remove ${removals}; nothing was changed at ${target.name}`,
    );
    return;
  }
  const { beforeUpload, beforeSwitch, afterSwitch } = checksFromOutside(decided);
  await beforeUpload();
  const digest = options.rollback ? publication.content : snapshots.keep(publication.build);
  const shows = { entries: content.entries.length, ...(digest !== undefined && { content: digest }) };
  await upload({ ...job, publication: { ...publication, ...shows } }, plan, held, {
    step: stepOf,
    beforeSwitch: async (files) => {
      await beforeSwitch(files);
      snapshots.note(publication.build);
    },
    afterSwitch,
    beforeRecord: () => {
      console.log(`published ${name} to ${target.name}: ${uploads}; removed ${removals}`);
      console.log(verificationOf(settings, options));
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

/** @throws CommandError when pieces of the live site would be gone, which is hardly ever meant */
function assertPiecesStay(
  shown: Shown,
  { settings, options, live }: Pick<Decided, 'settings' | 'options' | 'live'>,
): void {
  const before = knownOf(live.shown);
  const isMeant = options.fewer ?? false;
  if (!isMeant) assertMostStay(shown, before);
  assertNotBehind({ content: settings.content, live: live.publication, shown, before, isMeant });
}

/** Returns the checks from outside, each of which stops the publish for what it finds. `--unverified` skips them. */
function checksFromOutside({ target, settings, options, membership, secret }: Decided) {
  const { site, out } = settings;
  const check = async (find: (site: string) => Promise<Finding[]>, stopped: string, condition = '') => {
    const findings = site === undefined || options.unverified ? [] : await find(site);
    if (findings.length === 0) return;
    throw new CommandError(
      `${printFindings(joinUnanswered(findings))}\npublish: stopped ${stopped}. Does the host at ${site}/ serve ${target.name}${condition}?`,
    );
  };
  const unswitched = 'before the switch: the previous site is still live';
  return {
    beforeUpload: () => check((site) => verifyServed(site, target), unswitched),
    beforeSwitch: (files: string[]) => check((site) => verifyFiles(new Host(site), out, files), unswitched),
    afterSwitch: () =>
      check(
        (site) => verifyVisit(new Host(site), out, membership, secret),
        'after the switch: nothing was removed',
        ', without a cache in front of it',
      ),
  };
}

function nameOf({ build, date, of }: Publication): string {
  return of === undefined ? `build ${build}` : `build ${build}, with the content of build ${of} of ${date},`;
}

function verificationOf({ site }: Settings, { unverified }: Options): string {
  if (unverified) return 'not verified from outside: --unverified';
  return site === undefined ? 'not verified from outside: KB_SITE is not set' : `verified at ${site}/`;
}

/**
 * Browsers remember the highest build number that they have seen, even when the target was emptied. No number is used
 * for two builds, even when the target shows an older site than it has: browsers would take either.
 */
function nextBuild({ build }: Before, snapshots: Snapshots, { number, out }: Settings): number {
  return Math.max(build + 1, number, rootIn(out)?.build ?? 0, snapshots.noted() + 1);
}
