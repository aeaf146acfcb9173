import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { components } from '../src/markdown/components/all.ts';
import { FORMS } from '../src/model/form.ts';
import { projectRoot } from './lib/settings.ts';

const guide = readFileSync(join(projectRoot, 'CONTRIBUTING.md'), 'utf8');

/** The guide's examples: each stands below the path under which it is to be stored. */
function examples(): [path: string, text: string][] {
  return [...guide.matchAll(/^`content\/([\w./-]+)`：\n\n```\w+\n(.*?)^```$/gms)].map(([, path, text]) => [
    path!,
    text!,
  ]);
}

/** A folder of these files, checked by the command as people run it. */
function check(files: [path: string, content: string | Buffer][]) {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check.ts'], {
    cwd: projectRoot,
    env: { ...process.env, KB_CONTENT: folder, KB_DATE: '2026-11-22' },
    encoding: 'utf8',
  });
  return { status, output: stdout.replaceAll(`${folder}/`, '') + stderr };
}

const sample = (path: string) => readFileSync(join(projectRoot, 'content', path));

test('every example of the guide passes the check as it stands, with nothing to remark', () => {
  const written = examples();
  const entries = written.filter(([path]) => path.endsWith('.mdx'));
  const result = check([
    ...written,
    ['notes/seating/seating.png', sample('notes/event-runsheet/seating.png')],
    ['notes/seating/runsheet.csv', sample('notes/event-runsheet/runsheet.csv')],
    ['notes/seating/clip.mp3', sample('talks/cold-start-first-100/talk.mp3').subarray(0, 65_536)],
  ]);
  expect(result).toEqual({ status: 0, output: `${entries.length} 篇，0 处错误，0 处提醒。\n` });
}, 60_000);

test('the guide has an example of every form', () => {
  const shown = new Set(examples().map(([path]) => path.split('/')[0]));
  expect(FORMS.filter((form) => !shown.has(form))).toEqual([]);
});

test('the guide lists every component with all of its attributes, the required ones in bold', () => {
  const rows = guide.split('\n').filter((line) => line.startsWith('| `<'));
  for (const { name, attributes } of components.values()) {
    const row = rows.find((line) => new RegExp(`\`<${name}(?: /)?>\``).test(line));
    const written = row
      ?.split(' | ')[2]
      ?.replace(/（.*?）/g, '')
      .trim();
    const wanted = Object.entries(attributes).map(([key, { required }]) =>
      required ? `**\`${key}\`**` : `\`${key}\``,
    );
    expect([name, written]).toEqual([name, wanted.join(' ') || '无']);
  }
});
