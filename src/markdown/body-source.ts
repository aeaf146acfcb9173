import type { Root } from 'mdast';
import { visit, SKIP } from 'unist-util-visit';
import { joinsWithoutSpace } from './han.ts';

/** Line breaks in the source stand for a space, which Chinese doesn't put between characters. */
export function joinSoftBreaks(root: Root): void {
  visit(root, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return;
    const leaves: { value: string }[] = [];
    visit(node, (leaf) => {
      if (leaf.type === 'text' || leaf.type === 'inlineCode') leaves.push(leaf);
      // Nothing is joined across what is no text.
      else if (leaf.type === 'image' || leaf.type === 'break' || leaf.type === 'footnoteReference')
        leaves.push({ value: '\u0000' });
    });
    leaves.forEach((leaf, index) => {
      if (!leaf.value.includes('\n')) return;
      const before = leaves[index - 1]?.value.at(-1) ?? '';
      const after = leaves[index + 1]?.value[0] ?? '';
      leaf.value = leaf.value.replace(/\n/g, (_, at: number) => {
        const left = lastCharacter(at > 0 ? leaf.value.slice(Math.max(0, at - 2), at) : before);
        const right = firstCharacter(leaf.value.slice(at + 1, at + 3) || after);
        return joinsWithoutSpace(left, right) ? '' : '\n';
      });
    });
    return SKIP;
  });
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 32);
}

function lastCharacter(text: string): string {
  const end = text.codePointAt(text.length - 2) ?? 0;
  return end > 0xffff ? String.fromCodePoint(end) : text.slice(-1);
}

/** Ids of footnotes are made from their labels, which may be Chinese; numbers in order of use are ASCII. */
export function numberFootnotes(root: Root): void {
  const numbers = new Map<string, string>();
  visit(root, 'footnoteReference', (node) => {
    const key = node.identifier.toUpperCase();
    if (!numbers.has(key)) numbers.set(key, String(numbers.size + 1));
  });
  visit(root, (node) => {
    if (node.type !== 'footnoteReference' && node.type !== 'footnoteDefinition') return;
    // A definition that nobody refers to is not shown, but needs an id that is nobody's.
    node.identifier = numbers.get(node.identifier.toUpperCase()) ?? '0';
    node.label = node.identifier;
  });
}
