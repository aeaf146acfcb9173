import type { Root } from 'mdast';
import { visit, SKIP } from 'unist-util-visit';
import { joinsWithoutSpace } from './han.ts';

/** Writes the line ends of Windows, which are two characters, as the one that all others expect. */
export function unifyLineEnds(root: Root): void {
  visit(root, (node) => {
    if ('value' in node && typeof node.value === 'string') node.value = node.value.replaceAll('\r\n', '\n');
  });
}

/**
 * Removes line breaks between Chinese characters: Markdown renders a line break as a space, which Chinese doesn't use.
 */
export function joinSoftBreaks(root: Root): void {
  visit(root, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return;
    const leaves: { value: string }[] = [];
    visit(node, (leaf) => {
      if (leaf.type === 'text' || leaf.type === 'inlineCode') leaves.push(leaf);
      // Text isn't joined across other inline elements.
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

/**
 * Renumbers footnotes in order of use, because their ids are made from their labels: those can be Chinese, numbers are
 * ASCII.
 */
export function numberFootnotes(root: Root): void {
  const numbers = new Map<string, string>();
  visit(root, 'footnoteReference', (node) => {
    const key = node.identifier.toUpperCase();
    if (!numbers.has(key)) numbers.set(key, String(numbers.size + 1));
  });
  visit(root, (node) => {
    if (node.type !== 'footnoteReference' && node.type !== 'footnoteDefinition') return;
    // An unused definition isn't rendered, but its id must not clash with another.
    node.identifier = numbers.get(node.identifier.toUpperCase()) ?? '0';
    node.label = node.identifier;
  });
}
