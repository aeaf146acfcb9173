import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { projectRoot } from '../lib/settings.ts';
import { breaches } from './workflow-rules.ts';
import { lintWorkflows } from './workflows.ts';

const pin = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';

/** Returns a valid workflow in which one text is replaced by another. */
function workflow(from = '', to = ''): string {
  const sound = `on: pull_request
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    env:
      TITLE: plain
    steps:
      - uses: ${pin}
        with:
          persist-credentials: false
      - run: echo "$TITLE"
`;
  expect(sound).toContain(from);
  return sound.replace(from, to);
}

test('our own workflows pass', async () => {
  expect(await lintWorkflows(projectRoot)).toEqual([]);
});

test('findings of the workflow linter have file and line', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  const file = join(root, '.github/workflows/a.yml');
  writeFileSync(file, workflow('runs-on', 'run-on'));
  expect(await lintWorkflows(root)).toContainEqual(
    expect.stringMatching(/^\.github\/workflows\/a\.yml:6:5 .*"run-on"/),
  );
  writeFileSync(file, workflow());
  expect(await lintWorkflows(root)).toEqual([]);
});

test.each([
  [
    'a trigger with our rights',
    'on: pull_request',
    'on: [push, pull_request_target]',
    '1 pull_request_target',
  ],
  [
    'a trigger with our rights, as a map',
    'on: pull_request',
    'on:\n  pull_request_target:\n    types: [opened]',
    '2 pull_request_target',
  ],
  ['missing permissions', 'permissions:\n  contents: read\n', '', '1 permissions are missing'],
  [
    'all permissions',
    'permissions:\n  contents: read',
    'permissions: write-all',
    '2 permissions must be named',
  ],
  ['a permission to write', 'contents: read', 'contents: write', '3 a workflow may only read'],
  ['a permission that nobody needs', 'contents: read', 'id-token: write', '3 a workflow may only read'],
  [
    'a permission of a job',
    'timeout-minutes: 10',
    'timeout-minutes: 10\n    permissions: { packages: write }',
    '8 a work',
  ],
  ['a branch in place of a pin', pin, 'actions/checkout@main', '11 pin it'],
  ['a short hash', pin, 'actions/checkout@3d3c42e # v7.0.1', '11 pin it'],
  ['an unpinned image', pin, 'docker://alpine:3', '11 pin it'],
  ['a pin without its release', ' # v7.0.1', '', '11 name the release'],
  ['a checkout that leaves its token', 'persist-credentials: false', 'fetch-depth: 0', '11 checkout leaves'],
  ['an expression in a script', '"$TITLE"', '"${{ github.head_ref }}"', '14 an expression'],
  ['a secret', 'plain', '${{ secrets.KB_SECRET }}', '9 a workflow that a pull request'],
  [
    'a secret read by its name',
    'plain',
    "${{ toJSON(secrets['KB_SECRET']) }}",
    '9 a workflow that a pull request',
  ],
  ['a job without a time limit', '    timeout-minutes: 10\n', '', '5 the job has no timeout-minutes'],
])('refuses %s', (_, from, to, expected) => {
  const found = breaches(workflow(from, to)).map(({ line, message }) => `${line} ${message}`);
  expect(found).toEqual([expect.stringMatching(new RegExp(`^${expected}`))]);
});

test.each([
  ['schedule', 'jobs:\n  check:', []],
  ['workflow_dispatch', 'jobs:\n  check:', []],
  ['[schedule, push]', 'jobs:\n  check:', ['a workflow may only read']],
  ['schedule', 'permissions:\n  contents: read', ['a workflow may only read']],
])('a job may write only in a workflow that we alone start: %s, %j', (events, after, expected) => {
  const source = workflow('on: pull_request', `on: ${events}`);
  const indent = after.startsWith('jobs') ? '    ' : '';
  const written = source.replace(after, `${after}\n${indent || '  '}permissions: { pages: write }`);
  expect(breaches(written).map(({ message }) => message.split(' (')[0])).toEqual(expected);
});

test.each(['ref: main', 'repository: a/b', 'allow-unsafe-pr-checkout: true'])(
  'a workflow that runs after a pull request may not check out foreign code: %s',
  (input) => {
    const after = workflow('on: pull_request', 'on: { workflow_run: { workflows: [a] } }').replace(
      'persist-credentials: false',
      `persist-credentials: false\n          ${input}`,
    );
    expect(breaches(after).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^after a pull request, only our own code/),
    ]);
  },
);
