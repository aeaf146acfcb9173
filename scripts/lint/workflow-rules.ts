import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Node, type YAMLMap } from 'yaml';

/** A place in a workflow that breaks one of our rules, counted from 1. */
export interface Breach {
  line: number;
  column: number;
  message: string;
}

/** Token permissions that our workflows may request for reading. */
const READABLE = ['contents', 'actions'];
/**
 * Token permissions for writing that a single job may request, in a workflow that no contribution can start. GitHub
 * Pages needs them.
 */
const WRITABLE = ['contents', 'pages', 'id-token'];
const OURS_ALONE = ['schedule', 'workflow_dispatch'];
const PIN = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/**
 * Finds what GitHub allows in a workflow and we don't, because contributed code and names pass through ours:
 *
 * - no `pull_request_target`; no secret in a workflow that a pull request starts
 * - read-only tokens, except in one job of workflows that only we start; no token stays in the checkout
 * - actions pinned to a commit, with the release in a comment
 * - no `${{ … }}` in a script, because its value would be run
 * - after a pull request (`workflow_run`), only this repository's own code is checked out
 * - a time limit for every job
 *
 * @param source - the text of one workflow
 * @returns nothing if the YAML can't be parsed, which the linter reports
 */
export function breaches(source: string): Breach[] {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return [];
  const found: Breach[] = [];
  const add = (node: unknown, message: string) => {
    const { line, col: column } = counter.linePos((node as Node | null)?.range?.[0] ?? 0);
    found.push({ line, column, message });
  };

  const events = eventsOf(root);
  if (events.includes('pull_request_target')) {
    add(root.get('on', true), 'pull_request_target runs contributed code with our rights; use pull_request');
  }
  if (!root.has('permissions'))
    add(root, 'permissions are missing; write `permissions: {}` or `contents: read`');
  visit(document, {
    Pair(_, { key, value }, path) {
      if (!isScalar(key)) return;
      if (key.value === 'permissions') {
        const isOneJobs = path.length > 2;
        const mayWrite = isOneJobs && events.every((event) => OURS_ALONE.includes(event));
        checkPermissions(value, mayWrite ? WRITABLE : [], add);
      }
      if (key.value === 'uses') checkUses(value, add);
      if (key.value === 'run' && isScalar(value) && String(value.value).includes('${{')) {
        add(value, 'an expression in a script is run as it is; pass it through env');
      }
      if (key.value === 'secrets' && events.some(isPullRequest)) {
        add(key, 'a workflow that a pull request starts must not get secrets');
      }
    },
    Scalar(_, node) {
      const expression = typeof node.value === 'string' && /\$\{\{[^}]*\bsecrets\b/.test(node.value);
      if (expression && events.some(isPullRequest)) {
        add(node, 'a workflow that a pull request starts must not get secrets');
      }
    },
    Map(_, node) {
      if (String(node.get('uses')).startsWith('actions/checkout@')) checkCheckout(node, events, add);
    },
  });
  const jobs = root.get('jobs');
  for (const job of isMap(jobs) ? jobs.items : []) {
    if (isMap(job.value) && !job.value.has('timeout-minutes')) add(job.key, 'the job has no timeout-minutes');
  }
  return found;
}

type Add = (node: unknown, message: string) => void;

const isPullRequest = (event: string) => event.startsWith('pull_request');

/** Returns the events of a workflow, written as `on: push`, `on: [push]` or `on: { push: … }`. */
function eventsOf(root: YAMLMap): string[] {
  const on: unknown = root.get('on', true);
  if (isScalar(on)) return [String(on.value)];
  if (isSeq(on)) return on.items.map((item) => (isScalar(item) ? String(item.value) : ''));
  return isMap(on) ? on.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')) : [];
}

function checkPermissions(value: unknown, writable: string[], add: Add): void {
  if (!isMap(value)) {
    add(value, 'permissions must be named one by one; write `permissions: {}` or `contents: read`');
    return;
  }
  for (const { key, value: level } of value.items) {
    const allowed = isScalar(level) && { read: READABLE, write: writable }[String(level.value)];
    if (!isScalar(key) || !allowed || !allowed.includes(String(key.value))) {
      add(key, `a workflow may only read (${READABLE.join(', ')})`);
    }
  }
}

function checkUses(value: unknown, add: Add): void {
  if (!isScalar(value)) return;
  if (!PIN.test(String(value.value))) {
    add(
      value,
      'pin it to a commit that you saw in the action’s own repository: owner/name@40 digits # v1.2.3',
    );
  } else if (!/^ v\d+\.\d+\.\d+$/.test(value.comment ?? '')) {
    add(value, 'name the release of this commit: # v1.2.3');
  }
}

function checkCheckout(step: YAMLMap, events: string[], add: Add): void {
  const inputs = step.get('with');
  const given = isMap(inputs) ? inputs : undefined;
  if (given?.get('persist-credentials') !== false) {
    add(step, 'checkout leaves its token behind; set persist-credentials: false');
  }
  if (!events.includes('workflow_run')) return;
  for (const name of ['ref', 'repository', 'allow-unsafe-pr-checkout']) {
    if (given?.has(name))
      add(step, `after a pull request, only our own code may be checked out; remove ${name}`);
  }
}
