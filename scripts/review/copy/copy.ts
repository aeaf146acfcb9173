import { parseSource } from '../../../src/markdown/compile.ts';
import { readFrontMatter } from '../../../src/markdown/frontmatter.ts';
import { parseBody } from '../../../src/markdown/parse.ts';
import { spotsIn } from '../../../src/markdown/spot.ts';
import type { LocalFinding } from '../../../src/model/finding.ts';
import type { Form } from '../../../src/model/form.ts';
import { schemas } from '../../../src/model/schemas.ts';
import { leftoversIn } from '../markup.ts';
import { blocksOf, structureOf, type Block } from './blocks.ts';
import { attributesOf, fieldsOf } from './named.ts';
import { apply, lintBlock, type Edit, type EditKind } from './lint.ts';

const RULES: Record<EditKind, { rule: string; message: string }> = {
  spacing: { rule: 'copy-spacing', message: '中文和英文、数字之间少了空格' },
  space: { rule: 'copy-space', message: '标点旁边多了空格' },
  punctuation: { rule: 'copy-punctuation', message: '中文里用了半角标点' },
  width: { rule: 'copy-width', message: '字母、数字写成了全角' },
  invisible: { rule: 'copy-invisible', message: '有看不见的字符' },
};

/**
 * Reviews the Chinese typography of an entry, including front matter and attributes. Reports one finding for each block
 * of text and kind of fault, at the first place.
 */
export function reviewCopy(
  source: string,
  form: Form,
  { front, root } = parseSource(source, form),
): LocalFinding[] {
  const { body, bodyOffset } = front;
  const spotAt = spotsIn(source);
  const inBody = 'rule' in root ? [] : [...attributesOf(body, root), ...blocksOf(body, root)];
  const blocks = [
    ...fieldsOf(source, front),
    ...inBody.map((block) => ({ ...block, offset: block.offset + bodyOffset })),
  ];
  return blocks.flatMap((block) => {
    const edits = editsIn(block);
    return Object.entries(RULES).flatMap(([kind, { rule, message }]): LocalFinding[] => {
      const own = edits.filter((edit) => edit.kind === kind);
      const [first] = own;
      if (!first) return [];
      const { before, after } = shown(block.text, first, edits);
      const count = own.length > 1 ? `，这一段有 ${own.length} 处` : '';
      const how = block.isNamed ? '' : '，或运行 npm run check -- --fix';
      return [
        {
          rule,
          level: 'warning',
          ...spotAt(block.offset + first.at),
          message: `${message}${count}：「${before}」`,
          fix: kind === 'invisible' ? `删掉它${how}` : `写成「${after}」${how}`,
        },
      ];
    });
  });
}

/** Returns a few characters around an edit, before and after all edits. */
function shown(text: string, edit: Edit, edits: readonly Edit[]): { before: string; after: string } {
  const after = edit.at + edit.old.length;
  const lineEnd = text.indexOf('\n', after);
  const start = Math.max(text.lastIndexOf('\n', edit.at - 1) + 1, edit.at - 6);
  const end = Math.min(lineEnd < 0 ? text.length : lineEnd, after + 6);
  const inside = edits
    .filter(({ at, old }) => at >= start && at + old.length <= end)
    .map((one) => ({ ...one, at: one.at - start }));
  const written = text.slice(start, end);
  return { before: written.trim(), after: apply(written, inside).trim() };
}

/** A source with corrected copy, and the number of changes of each kind. Unchanged if there was nothing to correct. */
export interface FixedCopy {
  source: string;
  changes: Partial<Record<EditKind, number>>;
}

/** One change may cause another, but only a few times; a text that never becomes stable is left alone. */
const MOST_ROUNDS = 6;

/**
 * Makes the corrections that are always safe: spaces and punctuation between words, nothing else. It is idempotent.
 * Headings are left to their writer, as links refer to them by their words.
 */
export function fixCopy(source: string, form: Form): FixedCopy {
  const unchanged = { source, changes: {} };
  const { body, bodyOffset } = readFrontMatter(source, schemas[form]);
  if (body === '') return unchanged;
  const changes: FixedCopy['changes'] = {};
  let text = body;
  let root = parseBody(body);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const blocks = blocksOf(text, root);
    const edits = blocks.filter(({ isNamed }) => !isNamed).flatMap(editsInBody);
    if (edits.length === 0)
      return round === 0 ? unchanged : { source: source.slice(0, bodyOffset) + text, changes };
    const next = apply(text, edits);
    // A mark may get another meaning beside another character, or at the beginning of a line. If that happens, nothing
    // in this text is changed.
    const nextRoot = parseBody(next);
    if (structureOf(nextRoot) !== structureOf(root)) return unchanged;
    if (shapeOf(blocksOf(next, nextRoot)) !== shapeOf(blocks)) return unchanged;
    for (const { kind } of edits) changes[kind] = (changes[kind] ?? 0) + 1;
    text = next;
    root = nextRoot;
  }
  return unchanged;
}

/**
 * Returns the corrections of a block, but none in a mark without effect: they would contradict the advice on that mark,
 * such as a space less in `- [] 写名单`.
 */
function editsIn(block: Block): Edit[] {
  const edits = lintBlock(block);
  if (edits.length === 0) return edits;
  const leftovers = leftoversIn(block).flatMap(({ spans }) => spans);
  return edits.filter(({ at, old }) =>
    leftovers.every(([start, end]) => at >= end || at + old.length <= start),
  );
}

function editsInBody(block: Block): Edit[] {
  return editsIn(block).map((edit) => ({ ...edit, at: edit.at + block.offset }));
}

/** Spells what must not change: the words, the marks and their content. */
function shapeOf(blocks: readonly Block[]): string {
  const bare = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}\u200b\u2060\ufeff]/gu, '');
  return JSON.stringify(
    blocks.map(({ text, marks, isNamed }) => [
      bare(text),
      isNamed,
      marks.map((mark) => [
        mark.kind,
        mark.kind === 'around' ? text.slice(mark.innerEnd, mark.end) : text.slice(mark.start, mark.end),
      ]),
    ]),
  );
}
