import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusalOf } from './main.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { projectRoot } from './settings.ts';

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test.runIf(process.platform === 'linux')('a full disk gives one line that says what to do', () => {
  const line = refusalOf(thrownBy(() => writeFileSync('/dev/full', 'x')));
  expect(line).toMatch(/^ENOSPC: .*: the disk is full; free some space and run the command again\. .*$/);
});

test('an unexpected error keeps its stack', () => {
  expect(refusalOf(new TypeError('x is not a function'))).toBeUndefined();
  expect(refusalOf(thrownBy(() => writeFileSync('/no/such/folder/x', 'x')))).toBeUndefined();
  expect(refusalOf('x')).toBeUndefined();
});

test('what a message quotes can command no terminal and hide nothing', () => {
  const csv = join(temporaryFolder(), 'list.csv');
  writeFileSync(csv, 'id,\u001b[2Jx\nanna,a\n');
  const batch = () => {
    const { stderr } = spawnSync(process.execPath, [join(projectRoot, 'scripts/members.ts'), 'batch', csv], {
      env: { ...process.env, KB_MEMBERS: join(temporaryFolder(), 'members.yaml') },
      encoding: 'utf8',
    });
    return stderr.replaceAll(csv, 'list.csv');
  };
  const x = '\\u{1b}[2Jx';
  expect(batch()).toBe(
    `list.csv:1: expected the columns id, tier, expires, got "id, ${x}"; delete the column "${x}"\n`,
  );
  writeFileSync(csv, 'id\n\u009b2J\nbob\u202e\n');
  expect(batch()).toMatch(/^list\.csv:2: .*"\\u\{9b\}2J"\nlist\.csv:3: .*"bob\\u\{202e\}"\nmembers: nothing/);
});

test('the command to write instead of one whose option npm has kept has its other words too', () => {
  // As npm starts it for `npm run members link --all`, without `--`.
  const { status, stderr } = spawnSync(process.execPath, [join(projectRoot, 'scripts/members.ts'), 'link'], {
    env: { ...process.env, npm_lifecycle_event: 'members', npm_config_all: 'true' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('npm has kept --all for itself: write npm run members -- link --all\n');
  expect(status).toBe(2);
});

test('it has the options that came through as well', () => {
  // As npm starts it for `npm run publish --dry-run -- --to /srv/kb`.
  const args = [join(projectRoot, 'scripts/publish.ts'), '--to', '/srv/kb'];
  const { stderr } = spawnSync(process.execPath, args, {
    env: { ...process.env, npm_lifecycle_event: 'publish', npm_config_dry_run: 'true' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('npm has kept --dry-run for itself: write npm run publish -- --to /srv/kb --dry-run\n');
});

test.each([
  // `--topics community` leaves the value among the words, `--topics=community` leaves nothing there.
  ['true', ['note', '退群的人 问一句', 'community'], '--topics …'],
  ['community', ['note', '退群的人 问一句'], '--topics community'],
])('an option with a value that npm has kept, as %s, is asked for again', (kept, words, option) => {
  const { status, stderr } = spawnSync(process.execPath, [join(projectRoot, 'scripts/new.ts'), ...words], {
    env: {
      ...process.env,
      KB_CONTENT: temporaryFolder(),
      npm_lifecycle_event: 'new',
      npm_config_topics: kept,
    },
    encoding: 'utf8',
  });
  expect(stderr).toBe(
    `npm run new 后面少了 --，--topics 没有传到 → 写成 npm run new -- note "退群的人 问一句" ${option}\n`,
  );
  expect(status).toBe(2);
});

test.each([
  ['members.ts', ['list', '--expiring'], 'option --expiring needs a value (--help shows the usage)'],
  ['members.ts', ['list', '--expiring', '-1'], 'option --expiring needs a value (--help shows the usage)'],
  ['members.ts', ['link', '--all=x'], 'option --all takes no value (--help shows the usage)'],
  ['new.ts', ['note', '标题', '--file'], '--file 后面少了值 → --help 看用法'],
  ['check.ts', ['--fix=x'], '--fix 后面不写值 → --help 看用法'],
])('%s %j is told which of value and option is wrong', (script, args, told) => {
  const command = [join(projectRoot, 'scripts', script), ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect([stderr, status]).toEqual([`${told}\n`, 2]);
});
