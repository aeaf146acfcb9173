/**
 * Uploads a built site like `npm run publish` after the build, for tests that kill it: a separate process, without the
 * build, that kills itself with SIGKILL at a given point.
 *
 * node tests/publish/upload.ts TARGET FOLDER [STEP POINT]
 * STEP is the name of a step, or report; POINT one of start, middle, end.
 */
import { parseSecret } from '../../src/vault/index.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { withClaim } from '../../scripts/publish/claim.ts';
import { readLive } from '../../scripts/publish/live.ts';
import { openTarget } from '../../scripts/publish/open-target.ts';
import { planUpload } from '../../scripts/publish/plan.ts';
import { upload } from '../../scripts/publish/upload.ts';
import { testSecret } from '../lib/site.ts';
import { buildOf } from './visit.ts';

const [to = '', folder = '', victim, point] = process.argv.slice(2);
const secret = parseSecret(testSecret);
const target = openTarget(to, { root: projectRoot, out: folder, content: folder });

await withClaim(target, async (held) => {
  const live = await readLive(target, secret);
  const today = '2026-11-22';
  const publication = { build: buildOf(folder), published: today, date: today };
  const job = {
    target,
    folder,
    secret,
    live,
    publication,
    shown: { build: String(publication.build) },
    late: {},
  };
  await upload(job, await planUpload(job), held, {
    step: async (name, files, run) => {
      const isVictim = name === victim;
      console.log(name);
      if (isVictim && point === 'start') die();
      let count = 0;
      await run(() => {
        if (isVictim && point === 'middle' && ++count >= files / 2) die();
      });
      if (isVictim && point === 'end') die();
    },
    beforeSwitch: () => Promise.resolve(),
    afterSwitch: () => Promise.resolve(),
    beforeRecord: () => {
      if (victim === 'report') die();
    },
  });
});

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive');
}
