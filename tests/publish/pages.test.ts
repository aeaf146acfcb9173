import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { listFiles } from '../../scripts/lib/folder.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { git } from '../../src/git.ts';
import { servePlain } from '../lib/plain-host.ts';
import { testSite, tokenOf, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { newVisitor } from '../lib/visitor.ts';
import { enter, readFolder } from './visit.ts';

// Runs the steps of the workflow for hosts that take a whole folder, as written there, week after week. What GitHub and
// the hosts do themselves is left out: the checkout, and taking the folder.

interface Workflow {
  jobs: { publish: { steps: { name?: string; run?: string }[] } };
}
const workflow = parse(
  readFileSync(join(projectRoot, '.github/workflows/publish-pages.yml'), 'utf8'),
) as Workflow;

let site: TestSite;
const host = (...args: string[]) => git(site.folder, ['--git-dir', 'host/kb.git', ...args]);

beforeAll(() => {
  site = withContent(testSite('pages', { CI: 'true', KB_SITE: 'https://kb.example' }), {
    'notes/a.mdx': noteOf({ title: '会改的一则', body: '第一版正文。' }),
  });
  writeFiles(site.folder, {
    'members.yaml': '- id: anna\n',
    // Stands in for the checkout: the project's own command under the same name.
    'checkout/package.json': JSON.stringify({
      scripts: { publish: `"${process.execPath}" "${join(projectRoot, 'scripts/publish.ts')}"` },
    }),
  });
  git(site.folder, ['init', '--quiet', '--bare', 'host/kb.git']);
});

/** Runs the workflow once, on a new machine each time. */
function runWeek(week: number): { published: string; code: number; output: string } {
  const temp = join(site.folder, `week-${week}`);
  mkdirSync(temp);
  const published = join(temp, 'published');
  let output = '';
  for (const name of ['Fetch the published files', 'Publish', 'Keep the published files']) {
    const script = workflow.jobs.publish.steps.find((step) => step.name === name)!.run!;
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script],
      {
        cwd: join(site.folder, 'checkout'),
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          ...site.env,
          RUNNER_TEMP: temp,
          REMOTE: `file://${join(site.folder, 'host/kb.git')}`,
        },
        encoding: 'utf8',
      },
    );
    output += stdout + stderr;
    if (status !== 0) return { published, code: status ?? 1, output };
  }
  return { published, code: 0, output };
}

const objectsIn = (folder: string) => listFiles(folder).filter((file) => file.startsWith('o/'));

test('the first week can be read where the folder is served plainly', async () => {
  const { published, code, output } = runWeek(1);
  expect({ code, output }).toMatchObject({ code: 0 });
  const host = await servePlain(published, '');
  const visitor = await newVisitor();
  await visitor.open(`${host.url}notes/a/#key=${await tokenOf('anna')}`);
  expect(await visitor.text('html[data-access="open"] article[data-entry]')).toContain('第一版正文');
  await visitor.close();
  await host.close();
});

test('the next week keeps the files of the week before, and the branch has one commit', async () => {
  const before = objectsIn(join(site.folder, 'week-1/published'));
  writeFileSync(
    join(site.folder, 'content/notes/a.mdx'),
    noteOf({ title: '会改的一则', body: '第二版正文。' }),
  );
  const { published, code, output } = runWeek(2);
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(objectsIn(published)).toEqual(expect.arrayContaining(before));
  expect(objectsIn(published).length).toBeGreaterThan(before.length);
  const page = await (await enter(readFolder(published))).open('/notes/a/');
  expect(new TextDecoder().decode(page!)).toContain('第二版正文');
  expect(host('rev-list', '--count', 'published')).toBe('1');
  expect(host('ls-tree', '-r', '--name-only', 'published').split('\n').sort()).toEqual(
    listFiles(published).sort(),
  );
});

test('a week that fails leaves the branch as it was', () => {
  const before = host('rev-parse', 'published');
  writeFileSync(
    join(site.folder, 'content/notes/a.mdx'),
    noteOf({ title: '坏的', body: '<script>1</script>' }),
  );
  const { code, output } = runWeek(3);
  expect(code).toBe(1);
  expect(output).toContain('content/notes/a.mdx');
  expect(host('rev-parse', 'published')).toBe(before);
});
