import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { issueToken, parseSecret } from '../../src/vault/index.ts';
import { initRepository } from '../../tests/lib/repository.ts';
import { testSecret, writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { spellingsOf } from '../lib/secret.ts';
import { readSettings } from '../lib/settings.ts';
import type { Diagnosis } from './diagnosis.ts';
import { examineHistory } from './history.ts';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
  vi.stubEnv('KB_SECRET', testSecret);
});

const settings = () => ({
  ...readSettings({ KB_MEMBERS: join(root, 'members.yaml'), KB_DATE: '2026-11-22' }),
  root,
});
const wrong = (diagnoses: Diagnosis[]) =>
  diagnoses.flatMap(({ level, found }) => (level === 'error' ? [found] : []));

describe('the git history', () => {
  /** Makes a repository from which these files have been deleted again. */
  async function history(text: string): Promise<Diagnosis[]> {
    const { git, commit } = initRepository(root);
    writeFiles(root, {
      'members.yaml': '- id: anna\n- id: carl\n  removed: 2026-11-01\n',
      'a/链接.md': text,
    });
    commit();
    writeFiles(root, { 'a/链接.md': '没有了\n' });
    commit('carl', '2026-11-02T10:00:00Z');
    git('checkout', '--quiet', '--detach');
    return examineHistory(settings());
  }
  const tokenOf = (id: string, serial = 1, secret = testSecret) =>
    issueToken(parseSecret(secret), id, serial);

  test('is fine without a key', async () => {
    initRepository(root);
    expect(await examineHistory(settings())).toEqual([expect.objectContaining({ level: 'ok' })]);
    expect(await history('一段话\n')).toEqual([expect.objectContaining({ level: 'ok' })]);
  });

  test.each(spellingsOf(parseSecret(testSecret)))(
    'is reported when it contains the secret, written as %s',
    async (it) => {
      expect(wrong(await history(`KB_SECRET=${it}\n`))).toEqual([
        expect.stringMatching(/^the secret was committed: [0-9a-f]{7,} \(2026-11-01\) a\/链接\.md$/),
      ]);
    },
  );

  test('is reported for a token that opens the site, but not for one that opens nothing', async () => {
    const [mine, ended, next, others] = await Promise.all([
      tokenOf('anna'),
      tokenOf('carl'),
      tokenOf('anna', 2),
      tokenOf('anna', 1, 'ab'.repeat(32)),
    ]);
    expect(wrong(await history([ended, next, others].join('\n')))).toEqual([]);
    expect(wrong(await history(`https://kb.example/#key=${mine}\n`))).toEqual([
      expect.stringMatching(/^tokens .* committed: of anna in [0-9a-f]{7,} \(2026-11-01\) a\/链接\.md$/),
    ]);
  });

  test('is searched on every branch, in commit messages and in merges', async () => {
    const { git, commit } = initRepository(root);
    writeFiles(root, { 'a.md': 'a\n' });
    commit();
    git('checkout', '--quiet', '-b', 'draft');
    writeFiles(root, { 'b.md': `-${testSecret}\n` });
    commit('carl');
    git('checkout', '--quiet', 'main');
    const as = ['-c', 'user.name=anna', '-c', 'user.email=anna@kb.example'];
    git(...as, 'commit', '--quiet', '--allow-empty', '--message', `- with\n\n- ${testSecret}`);
    git(...as, 'merge', '--quiet', '--no-commit', 'draft');
    writeFiles(root, { 'a.md': `${testSecret}\n`, 'b.md': 'b\n' });
    git('add', '--all');
    git(...as, 'commit', '--quiet', '--message', 'Merge');
    const [found = ''] = wrong(await examineHistory(settings()));
    expect(found.match(/(?<=\) )[^,]+/g)?.sort()).toEqual(['a.md', 'b.md', 'commit message']);
  });

  test('is reported as unknown in a shallow clone', async () => {
    const origin = join(root, 'origin');
    const clone = join(root, 'clone');
    mkdirSync(origin);
    const { git, commit } = initRepository(origin);
    writeFiles(origin, { 'a.md': `${testSecret}\n` });
    commit();
    writeFiles(origin, { 'a.md': 'a\n' });
    commit();
    git('clone', '--quiet', '--depth=1', `file://${origin}`, clone);
    const diagnoses = await examineHistory({
      ...settings(),
      root: clone,
      members: join(clone, 'members.yaml'),
    });
    expect(diagnoses.map(({ level }) => level)).toEqual(['unknown']);
  });
});
