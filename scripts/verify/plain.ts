import { randomBytes } from 'node:crypto';
import { inBatches } from '../../src/vault/batches.ts';
import { CommandError } from '../lib/main.ts';
import { logicalPath } from '../lib/page-files.ts';
import type { Source } from '../lib/site.ts';
import { largestFile, refusalOf, type Answer } from './ask.ts';
import type { Finding } from './finding.ts';
import { headerFindings, missingGuards } from './headers.ts';
import type { Host } from './host.ts';

/** The page for missing addresses, which has no address of its own. */
const missingPage = '404.html';

/** Files that some hosts read as settings and don't serve. */
const isSetting = (file: string) => /^_(headers|redirects)$/.test(file);

/** The result of comparing a site's files. */
export interface Look {
  findings: Finding[];
  /** Guards that were missing on some page. */
  missingGuards: string[];
}

/**
 * Compares the files that a host serves with the expected ones.
 *
 * @param files - path in `dist/` → bytes
 */
export async function compareFiles(host: Host, files: Map<string, Source>): Promise<Look> {
  const compared = [...files].filter(([file]) => file !== missingPage);
  const looks = await inBatches(compared, 8, async ([file, source]): Promise<Look> => {
    const address = host.site + logicalPath(file);
    const expected = source();
    const answer = await host.ask(address, expected.length);
    if (typeof answer === 'string') {
      return { findings: [{ address, problem: answer, isUnanswered: true }], missingGuards: [] };
    }
    const problems = problemsOf(file, answer, expected);
    return {
      findings: problems.map((problem) => ({ address, problem })),
      missingGuards: file.endsWith('.html') ? missingGuards(answer) : [],
    };
  });
  return {
    findings: looks.flatMap(({ findings }) => findings),
    missingGuards: [...new Set(looks.flatMap((look) => look.missingGuards))],
  };
}

function problemsOf(file: string, answer: Answer, expected: Uint8Array): string[] {
  if (isSetting(file) && answer.status === 404) return [];
  const refusal = refusalOf(answer);
  if (refusal !== null) return [refusal];
  return [
    ...(isEqual(answer, expected) ? [] : ['differs from the file here']),
    ...headerFindings(file, answer),
  ];
}

/**
 * Requests an address that no site has. The answer shows how the host answers for missing files.
 *
 * @throws CommandError when the host doesn't answer at all
 */
export async function compareMissing(
  host: Host,
  files: Map<string, Source>,
): Promise<{ answer: Answer; findings: Finding[] }> {
  const address = `${host.site}/${randomBytes(8).toString('hex')}/`;
  const answer = await host.ask(address, largestFile);
  if (typeof answer === 'string') throw new CommandError(`${address}: ${answer}`);
  const page = files.get(missingPage);
  const problem =
    answer.status !== 404
      ? `the host answers ${answer.status} for a missing file`
      : page && !isEqual(answer, page()) && `the host answers with a page other than ${missingPage}`;
  return { answer, findings: problem ? [{ address, problem }] : [] };
}

function isEqual({ body, isWhole }: Answer, expected: Uint8Array): boolean {
  return isWhole && Buffer.compare(body, expected) === 0;
}
