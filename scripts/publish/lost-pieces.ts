import { counted } from '../../src/i18n/counted.ts';
import { tryGit } from '../../src/git.ts';
import { changesBetween, type Shown } from '../lib/changes.ts';
import { CommandError } from '../lib/main.ts';
import type { Publication } from './record.ts';

/** The most pieces that a message names. */
const mostNamed = 5;

/**
 * Compares the entries of a new site with those of the live one. If most of them are gone, that is far more often a
 * mistake (another folder, an incomplete checkout, a clock that is behind) than intended.
 *
 * @throws CommandError when more than half of the live site's entries would be gone
 */
export function assertMostStay(shown: Shown, live: Shown): void {
  const before = Object.keys(live);
  const stay = before.filter((id) => Object.hasOwn(shown, id)).length;
  if (stay * 2 >= before.length) return;
  throw new CommandError(
    `publish: the live site shows ${counted(before.length, 'piece')}, of which ${stay} would stay. Is KB_CONTENT the right folder, is all of it there, and is the date right? To remove the others on purpose, add --fewer.`,
  );
}

/**
 * Looks whether somebody else published commits that this checkout doesn't have. It would then take their pieces off
 * the site and undo their changes, although nobody here meant to. Prints a warning when no piece would be gone.
 *
 * @param live - the publication that is live, if the record names it
 * @param before - the entries that it shows
 * @param isMeant - whether the operator has confirmed that pieces go
 * @throws CommandError when pieces of the live site would be gone
 */
export function assertNotBehind({
  content,
  live,
  shown,
  before,
  isMeant,
}: {
  content: string;
  live: Publication | undefined;
  shown: Shown;
  before: Shown;
  isMeant: boolean;
}): void {
  if (live?.commit === undefined || !lacks(content, live.commit)) return;
  const known = `publish: the live site was published from revision ${live.commit.slice(0, 7)}, which this checkout does not have`;
  const pull = 'get it with git pull, after whoever published it has pushed';
  const { removed } = changesBetween(before, shown);
  if (removed.length === 0 || isMeant) {
    console.warn(
      `${known}: content and members.yaml may be older here than there. If so, ${pull}, and publish again.`,
    );
    return;
  }
  const named = removed.slice(0, mostNamed).join(', ');
  const more = removed.length - mostNamed;
  throw new CommandError(
    `${known}; ${named}${more > 0 ? ` and ${counted(more, 'more piece')}` : ''} would be gone. To have it, ${pull}. To publish this checkout as it is, add --fewer.`,
  );
}

/**
 * Whether the history of a content folder doesn't contain a revision. False if that can't be told: outside git, and in
 * a shallow clone.
 */
function lacks(content: string, commit: string): boolean {
  if (tryGit(content, ['rev-parse', '--is-shallow-repository']) !== 'false') return false;
  return tryGit(content, ['merge-base', '--is-ancestor', '--end-of-options', commit, 'HEAD']) === undefined;
}
