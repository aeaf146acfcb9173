import type { Element, Nodes } from 'hast';
import type { FootnoteDefinition, FootnoteReference } from 'mdast';
import type { Options } from 'rehype-remark';
import { visit } from 'unist-util-visit';

type Handlers = NonNullable<Options['handlers']>;

/** Notes as mammoth writes them: `<a href="#footnote-2">` in `<sup>`, and `<li id="footnote-2">` at the end. */
const NOTE = /^(?:foot|end)note-\d+$/;
const BACK = /^#(?:foot|end)note-ref/;

/** Renames the tags of references to notes, and of the list of notes, for {@link noteHandlers}. */
export function markNotes(tree: Nodes): void {
  visit(tree, 'element', (element) => {
    if (element.tagName === 'sup' && noteOf(element) !== undefined) element.tagName = 'note-reference';
    const items = elementsIn(element);
    const isNotes = items.length > 0 && items.every(({ properties }) => NOTE.test(String(properties.id)));
    if (element.tagName === 'ol' && isNotes) element.tagName = 'note-list';
    // Remove the arrow back to the text; the page makes its own.
    element.children = element.children.filter(
      (child) => !(child.type === 'element' && BACK.test(String(child.properties.href))),
    );
  });
}

export const noteHandlers: Handlers = {
  'note-reference': (_, node): FootnoteReference => {
    const identifier = noteOf(node)!;
    return { type: 'footnoteReference', identifier, label: identifier };
  },
  'note-list': (state, node) =>
    elementsIn(node).map((item): FootnoteDefinition => {
      const identifier = String(item.properties.id);
      const children = state.toFlow(state.all(item)) as FootnoteDefinition['children'];
      return { type: 'footnoteDefinition', identifier, label: identifier, children };
    }),
};

/** Returns the id of the note that an element links to. */
function noteOf(element: Element): string | undefined {
  const href = elementsIn(element).find(({ tagName }) => tagName === 'a')?.properties.href;
  const id = typeof href === 'string' ? href.slice(1) : '';
  return NOTE.test(id) ? id : undefined;
}

function elementsIn({ children }: Element): Element[] {
  return children.filter((child) => child.type === 'element');
}
