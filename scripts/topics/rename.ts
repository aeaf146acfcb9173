import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, parseDocument } from 'yaml';
import { listFolder } from '../../src/markdown/folder.ts';
import { readFrontMatter } from '../../src/markdown/frontmatter.ts';
import { isForm } from '../../src/model/form.ts';
import { schemas } from '../../src/model/schemas.ts';
import { topicsSchema } from '../../src/model/topics.ts';
import { CommandError } from '../lib/main.ts';
import { editFile, replaceYaml } from '../lib/replace.ts';

/**
 * Gives a topic another id: in topics.yaml, in the front matter of its entries, and in links to its page. The old
 * address then leads to the new one. The list is rewritten first and records the old id, so that a second run can
 * finish after a kill.
 *
 * @returns the entries that were rewritten, as paths below `content`
 * @throws CommandError when there is no such topic, or the new id is invalid, taken, or a former one of another topic
 */
export function renameTopic(content: string, from: string, to: string): string[] {
  renameInList(join(content, 'topics.yaml'), from, to);
  return [...listFolder(content).files].filter((path) => {
    if (!path.endsWith('.mdx')) return false;
    const file = join(content, path);
    // Rewriting a file in another encoding would damage it; a build reports it.
    if (!isUtf8(readFileSync(file))) return false;
    return editFile(file, (source) => renameInEntry(source, path, from, to));
  });
}

function renameInList(file: string, from: string, to: string): void {
  if (!existsSync(file)) throw new CommandError(`topics: there is no ${file}`);
  const document = parseDocument(readFileSync(file, 'utf8'));
  const list = topicsSchema.safeParse(document.toJS());
  if (document.errors.length > 0 || !list.success || !isMap(document.contents)) {
    throw new CommandError(`topics: ${file} has errors; see: npm run check`);
  }
  const topics = new Map(Object.entries(list.data));
  if (!topics.has(from) && topics.get(to)?.formerly.includes(from)) return;
  if (!topics.has(from)) {
    throw new CommandError(
      `topics: there is no topic "${from}"; expected one of ${[...topics.keys()].join(', ')}`,
    );
  }
  if (topics.has(to)) {
    throw new CommandError(`topics: there already is a topic "${to}"; renaming can't merge two topics`);
  }
  const [before] = [...topics].find(([id, { formerly }]) => id !== from && formerly.includes(to)) ?? [];
  if (before !== undefined) {
    throw new CommandError(
      `topics: "${to}" is a former id of "${before}", and links to it lead there; choose another, or remove it from formerly`,
    );
  }
  if (!topicsSchema.keyType.safeParse(to).success) {
    throw new CommandError(
      `topics: "${to}" is not a valid id; use lower-case letters, digits and hyphens`,
      2,
    );
  }
  const key = document.contents.items.map((pair) => pair.key).find((node) => String(node) === from);
  // Change its value, not the node, which carries the comments.
  if (isScalar(key)) key.value = to;
  // If a topic gets back an earlier id, that is no longer a former one.
  const formerly = [...topics.get(from)!.formerly.filter((id) => id !== to), from];
  document.setIn([to, 'formerly'], document.createNode(formerly, { flow: true }));
  replaceYaml(file, document);
}

/** Replaces the topic's id in a source, and nothing else. */
function renameInEntry(source: string, path: string, from: string, to: string): string {
  const lines = source.split('\n');
  for (const [line, column] of topicPlaces(source, path, from)) {
    const text = lines[line - 1]!;
    const start = text.indexOf(from, column - 1);
    lines[line - 1] = text.slice(0, start) + to + text.slice(start + from.length);
  }
  return lines.join('\n').replaceAll(`/topics/${from}/`, `/topics/${to}/`);
}

/**
 * Returns the places of the id in the front matter, last first, so that a replacement doesn't move the remaining ones.
 */
function topicPlaces(source: string, path: string, id: string): [number, number][] {
  const [form = ''] = path.split('/');
  if (!isForm(form)) return [];
  const { raw, places } = readFrontMatter(source, schemas[form]);
  const { topics } = (raw ?? {}) as { topics?: unknown };
  return [topics]
    .flat()
    .flatMap((topic, index) => (topic === id ? [places.topics ?? places[`topics.${index}`]!] : []))
    .sort(([line, column], [otherLine, otherColumn]) => otherLine - line || otherColumn - column);
}
