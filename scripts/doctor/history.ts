import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isShallow } from '../../src/history.ts';
import { issueToken, parseToken, siteTagOf, type Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import { memberState, readMembers, type Member } from '../lib/members.ts';
import { statusOf } from '../lib/run.ts';
import { spellingsOf, usableSecret } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, unknown, type Diagnosis } from './diagnosis.ts';
import { TOKENS, treesOf, type Places } from './repository.ts';

/** Delimits the header and message of a commit in the output of `git log`. No message can contain it. */
const MARK = '\0';
/** The most places that are named; the others are only counted. */
const NAMED = 5;

/** One line that a commit added. */
interface Committed {
  line: string;
  /** E.g. `1a2b3c4 (2026-11-01) deploy/notes.txt`. */
  place: string;
}

/**
 * Searches everything that was ever committed for the secret and for tokens that open the site: whoever can read a
 * repository can also read what was deleted from it.
 */
export async function examineHistory(settings: Places & Pick<Settings, 'ci' | 'date'>): Promise<Diagnosis[]> {
  const secret = usableSecret(settings);
  if (!secret) return [];
  const trees = treesOf(settings);
  if (trees.length === 0) return [];
  const spellings = spellingsOf(secret).map((spelling) => spelling.toLowerCase());
  const secretAt: string[] = [];
  const tokensAt = new Map<string, string>();
  for (const tree of trees) {
    try {
      for await (const { line, place } of readCommitted(tree)) {
        const text = line.toLowerCase();
        if (spellings.some((spelling) => text.includes(spelling))) secretAt.push(place);
        for (const [written] of text.matchAll(new RegExp(TOKENS, 'g'))) tokensAt.set(written, place);
      }
    } catch {
      return [unknown('history', `git could not read the history; see: git log --all --patch`)];
    }
  }
  const diagnoses: Diagnosis[] = [];
  if (secretAt.length > 0) {
    diagnoses.push(
      error(
        'history',
        `the secret was committed: ${listed(secretAt)}`,
        'anyone with a copy of the repository has it, even after it is removed; rotate it: see docs/operations.md',
      ),
    );
  }
  const owners = await ownersOf(tokensAt, secret, settings);
  if (owners.size > 0) {
    const places = [...owners].map(([id, place]) => `of ${id} in ${place}`);
    diagnoses.push(
      error(
        'history',
        `tokens that open the site were committed: ${listed(places)}`,
        `issue new ones: npm run members -- reissue ID, then publish`,
      ),
    );
  }
  if (trees.some(isShallow)) {
    diagnoses.push(
      unknown('history', 'only the latest commits are here; to get all of them: git fetch --unshallow'),
    );
  }
  return diagnoses.length > 0 ? diagnoses : [ok('history', 'no working key was ever committed')];
}

/**
 * Yields every line that the commits of a work tree's repository added, newest first: all branches and tags, messages
 * and text files.
 *
 * @throws Error when git fails
 */
async function* readCommitted(tree: string): AsyncGenerator<Committed> {
  const plainly = ['--no-show-signature', '--no-ext-diff', '--no-textconv', '--no-color', '--dst-prefix=b/'];
  const asked = ['--all', '--patch', '--unified=0', '--cc', ...plainly, '--format=%x00%h (%cs)%n%B%x00'];
  const git = spawn('git', ['-C', tree, '-c', 'core.quotePath=false', 'log', ...asked], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const status = statusOf(git);
  let commit = '';
  let place = '';
  let signs = 1;
  let part: 'message' | 'names' | 'lines' = 'message';
  for await (const line of createInterface({ input: git.stdout, crlfDelay: Infinity })) {
    if (line === MARK) part = 'names';
    else if (line.startsWith(MARK)) {
      commit = line.slice(MARK.length);
      place = `${commit} commit message`;
      part = 'message';
    } else if (part === 'message') yield { line, place };
    else if (line.startsWith('diff --')) part = 'names';
    else if (part === 'names' && line.startsWith('+++ '))
      place = `${commit} ${line.replace(/^\+\+\+ ("?)b\//, '$1')}`;
    else if (line.startsWith('@@')) {
      part = 'lines';
      // In a merge, each line starts with one sign for each parent.
      signs = line.indexOf(' ') - 1;
    } else if (part === 'lines' && !line.slice(0, signs).includes('-')) yield { line, place };
  }
  if ((await status) !== 0) throw new Error(`git log failed in ${tree}`);
}

/** Returns the members whose valid tokens these are: id → place. */
async function ownersOf(
  tokensAt: ReadonlyMap<string, string>,
  secret: Bytes,
  { members: file, date }: Pick<Settings, 'members' | 'date'>,
): Promise<Map<string, string>> {
  const tag = await siteTagOf(secret);
  const ours = new Map<string, string>();
  for (const [written, place] of tokensAt) {
    const token = parseToken(written);
    if (token?.siteTag === tag) ours.set(token.text, place);
  }
  const owners = new Map<string, string>();
  // Deriving a token for each member takes a while, so do it only if there are tokens of this site.
  if (ours.size === 0) return owners;
  for (const member of readableMembers(file)) {
    if (memberState(member, date).state !== 'active') continue;
    const place = ours.get(await issueToken(secret, member.id, member.serial));
    if (place !== undefined) owners.set(member.id, place);
  }
  return owners;
}

/** Returns no members if the file is missing or broken; another check reports that. */
function readableMembers(file: string): Member[] {
  try {
    return existsSync(file) ? readMembers(file) : [];
  } catch (cause) {
    if (cause instanceof CommandError) return [];
    throw cause;
  }
}

function listed(places: string[]): string {
  const named = [...new Set(places)];
  const rest = named.length > NAMED ? ` and ${named.length - NAMED} more` : '';
  return named.slice(0, NAMED).join(', ') + rest;
}
