import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { CommandError } from '../lib/main.ts';

export interface Section {
  id: string;
  title: string;
  markdown: string;
}

export interface Query {
  kind: string;
  query: string;
  /** Ids of the sections that answer it. */
  relevant: string[];
}

/**
 * Reads JSON lines, gzipped or not.
 *
 * @throws CommandError naming the file, and the line that is no JSON
 */
export function readLines<T>(file: string): T[] {
  let text: string;
  try {
    const bytes = readFileSync(file);
    text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new CommandError(`${file}: can't be read (${String(cause)})`, 2, { cause });
  }
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as T];
    } catch (cause) {
      throw new CommandError(`${file}:${at + 1}: this line is no JSON`, 2, { cause });
    }
  });
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** A section's text by block, with every mark that Markdown or MDX would read as syntax escaped. */
export function bodyOf({ markdown }: Section): string {
  return blocksOf(parser.parse(markdown))
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .map((text) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&'))
    .join('\n\n');
}

/**
 * A section as the source of a note.
 *
 * @param topics - ids, of a content folder that has them
 */
export function noteOf(
  section: Section,
  { date = '2026-01-01', topics = [] }: { date?: string; topics?: readonly string[] } = {},
): string {
  return [
    '---',
    `title: ${JSON.stringify(section.title.slice(0, 80))}`,
    `date: ${date}`,
    'kind: extra',
    `topics: [${topics.join(', ')}]`,
    '---',
    '',
    bodyOf(section),
    '',
  ].join('\n');
}

/** The texts of the paragraphs, headings, cells and code blocks; images and raw HTML are left out. */
function blocksOf(node: Root | Nodes): string[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
    case 'tableCell':
      return [textOf(node)];
    case 'code':
      return [node.value];
    default:
      return 'children' in node ? node.children.flatMap(blocksOf) : [];
  }
}

function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
