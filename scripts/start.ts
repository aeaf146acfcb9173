import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSite } from './build.ts';
import { inputsDigest } from './lib/inputs.ts';
import { readArguments, runMain } from './lib/main.ts';
import { firstLink } from './lib/link.ts';
import { isSite, recover } from './lib/output.ts';
import { readSecret } from './lib/secret.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { markUsed } from './lib/work-folders.ts';
import { assertNothingLost, TRIAL_MEMBER } from './steps/membership.ts';

const help = `npm start: builds and seals content/, serves dist/ on 127.0.0.1 and prints a link that opens it

A second start builds again only if something changed. Ctrl-C stops it.
Environment: KB_SECRET KB_CONTENT KB_OUT KB_MEMBERS KB_SITE KB_DATE KB_NUMBER PORT (see docs/operations.md).`;

await runMain(async () => {
  if (!readArguments(help, {})) return;
  const given = readSettings();
  markUsed(given.work);
  const settings = await withFirstMember(given);
  await buildIfChanged(settings);
  const { out, base, port, ci } = settings;
  await serveUntilStopped({ folder: out, base, port }, async (url) => {
    const link = ci ? null : await firstLink(settings, url);
    if (!link) {
      console.log(
        ci ? 'CI=true: links are not printed where logs are kept' : 'members: nobody can open this build yet',
      );
    }
    console.log(`READY ${link ?? url}`);
  });
});

/**
 * If there is no members file, the first start makes one with one member, so that somebody can open the site.
 *
 * @throws CommandError when there must have been a members file, because the last build let others in
 */
async function withFirstMember(settings: Settings): Promise<Settings> {
  if (existsSync(settings.members)) return settings;
  await recover(settings.out);
  await assertNothingLost(settings, readSecret(settings));
  const members = join(settings.work, 'members.yaml');
  if (!existsSync(members)) {
    writeFileSync(
      members,
      `# Created by npm start for trying things out; your own members file is members.yaml in the project.\n- id: ${TRIAL_MEMBER}\n`,
    );
    console.log(
      `members: there is no members file yet; created one with the member "${TRIAL_MEMBER}" for this machine. To add your own members: npm run members -- add ID; "${TRIAL_MEMBER}" is gone then`,
    );
  }
  return { ...settings, members };
}

async function buildIfChanged(settings: Settings): Promise<void> {
  const record = join(settings.work, 'built');
  await recover(settings.out);
  const secret = readSecret(settings);
  const digest = inputsDigest(settings, secret);
  const isCurrent =
    isSite(settings.out) &&
    existsSync(record) &&
    readFileSync(record, 'utf8') === `${digest} ${rootOf(settings.out)}`;
  if (isCurrent) {
    console.log('nothing changed since the last build');
    return;
  }
  await buildSite(settings);
  writeFileSync(record, `${digest} ${rootOf(settings.out)}`);
}

/** Returns the root file of a build, by which a `dist/` from elsewhere is recognized. */
function rootOf(out: string): string {
  return readFileSync(join(out, 'root'), 'utf8');
}
