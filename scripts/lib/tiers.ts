import { existsSync } from 'node:fs';
import { listFolder } from '../../src/markdown/folder.ts';
import { readLists } from '../../src/markdown/lists.ts';
import { tiersOf } from '../../src/model/audience.ts';
import { formatFinding, type Finding } from '../../src/model/finding.ts';
import { CommandError } from './main.ts';
import type { Settings } from './settings.ts';

/**
 * Returns the tiers of a content folder, lowest first.
 *
 * @throws CommandError with the findings when tiers.yaml is wrong
 */
export function readTiers({ content }: Pick<Settings, 'content'>): string[] {
  if (!existsSync(content)) return tiersOf([]);
  const folder = listFolder(content);
  const findings: Finding[] = [];
  const { tiers } = readLists(folder, (path, finding) => {
    if (path === 'tiers.yaml') findings.push({ ...finding, file: folder.shown(path) });
  });
  if (findings.length > 0) throw new CommandError(findings.map(formatFinding).join('\n'));
  return tiersOf(tiers);
}

/** @throws CommandError (2) when there is no such tier */
export function assertTier(tier: string, tiers: readonly string[], place = 'members'): void {
  if (tiers.includes(tier)) return;
  throw new CommandError(
    `${place}: tier: there is no "${tier}" in tiers.yaml; expected one of ${tiers.join(', ')}`,
    2,
  );
}
