import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { findMembership, TRIAL_MEMBER } from './membership.ts';

test('a missing content folder is refused, and not taken for one without tiers', () => {
  const folder = temporaryFolder();
  const [content, members] = [join(folder, 'content'), join(folder, 'members.yaml')];
  writeFileSync(members, '- id: anna\n  tier: patrons\n');
  const find = () => findMembership({ content, members, date: '2026-11-22' }, []);
  expect(find).toThrow(`KB_CONTENT: there is no folder ${content}`);
  mkdirSync(content);
  expect(find).toThrow(`"patrons", which is not in ${join(content, 'tiers.yaml')}`);
});

test('without a members file, a build says whether one was lost or there never was one', () => {
  const content = temporaryFolder();
  const find = (id: string) =>
    findMembership({ content, members: join(content, 'members.yaml'), date: '2026-11-22' }, [
      { id, serial: 1, tier: 'members' },
    ]);
  expect(() => find('anna')).toThrow('is missing or empty, but the last build had members');
  expect(() => find(TRIAL_MEMBER)).toThrow(/^members: nobody is in \S+ yet; .*npm run members -- add ID$/);
});
