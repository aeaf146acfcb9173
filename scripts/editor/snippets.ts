import { components } from '../../src/markdown/components/all.ts';
import type { Component } from '../../src/markdown/components/component.ts';

/** A snippet as VS Code reads it from `.vscode/*.code-snippets`. */
export interface Snippet {
  scope: string;
  prefix: string;
  description: string;
  body: string[];
}

/**
 * Returns a snippet for each component that writers may use. Its required attributes become fields to fill in, in
 * order.
 */
export function componentSnippets(): Record<string, Snippet> {
  return Object.fromEntries(
    [...components.values()].map((component) => [component.name, snippetOf(component)]),
  );
}

function snippetOf({ name, what, attributes, holds }: Component): Snippet {
  let stop = 0;
  const fields = Object.entries(attributes)
    .filter(([, { required }]) => required)
    .map(([key, { what: hint, choices }]) => {
      const place = choices ? `|${choices.join(',')}|` : `:${escape(hint)}`;
      return ` ${key}="\${${++stop}${place}}"`;
    });
  const open = `<${name}${fields.join('')}`;
  return {
    scope: 'mdx,markdown',
    prefix: name,
    description: what,
    body: holds === 'nothing' ? [`${open} />`] : [`${open}>`, `  \${0:${escape(what)}}`, `</${name}>`],
  };
}

/** Escapes the characters that end a placeholder or begin another. */
function escape(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
