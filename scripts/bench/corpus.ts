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
 * @throws CommandError naming the file, and the line that is not JSON
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
      throw new CommandError(`${file}:${at + 1}: this line is not JSON`, 2, { cause });
    }
  });
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** Returns a section's text, block by block, with all Markdown and MDX syntax escaped. */
export function bodyOf({ markdown }: Section): string {
  return blocksOf(parser.parse(markdown))
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .map((text) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&'))
    .join('\n\n');
}

/**
 * Formats a section as the source of a note.
 *
 * @param topics - topic ids, which the content folder has to have
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

/** Returns the texts of paragraphs, headings, cells and code blocks, without images and raw HTML. */
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
