import type { Element, Nodes, Text } from 'hast';
import { visit } from 'unist-util-visit';
import { nodeText } from '../../src/markdown/node-text.ts';
import { clip } from '../../src/text/shorten.ts';

/** Tags that are converted to Markdown, or that have no content of their own. */
const CARRIED = new Set(
  (
    'html head body title meta link style base div span section article header footer main nav address hgroup ' +
    'p br wbr hr h1 h2 h3 h4 h5 h6 a b strong i em cite dfn var del s strike code pre kbd samp tt blockquote q ' +
    'ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td img picture source figure figcaption ' +
    'details summary label option sup time abbr center big small noscript'
  ).split(' '),
);
/** Tags whose style is lost and whose text is kept. */
const STYLED = new Set(['u', 'sub', 'mark', 'font', 'ins', 'ruby']);
/** Tags that are removed with their content. */
const DROPPED = new Set([
  'script',
  'svg',
  'math',
  'iframe',
  'template',
  'audio',
  'video',
  'canvas',
  'textarea',
]);

/** Comments that programs leave when something is copied or saved. */
const OF_PROGRAMS = /^\s*(?:StartFragment|EndFragment|\[if |<?!?\[endif)/;

/**
 * Reads the title of an HTML tree and reports what can't become Markdown. Puts the addresses of pictures into `src`.
 *
 * @param isBeside - whether an address is that of a file beside the page
 */
export function readTags(
  tree: Nodes,
  isBeside: (url: string) => boolean,
): { title: string | undefined; lost: string[] } {
  const lost = new Map<string, string>();
  let title: string | undefined;
  visit(tree, 'comment', ({ value }) => {
    if (value.trim() !== '' && !OF_PROGRAMS.test(value)) lost.set('!--', 'HTML 注释 <!-- --> 没有带过来');
  });
  visit(tree, 'element', (element, _, parent) => {
    const { tagName: tag, properties } = element;
    const isTask = properties.type === 'checkbox' && parent?.type === 'element' && parent.tagName === 'li';
    if (tag === 'img') properties.src = addressOf(element, isBeside);
    if (tag === 'title') title ??= nodeText(element).trim() || undefined;
    if (tag === 'meta' && properties.property === 'og:title' && typeof properties.content === 'string')
      title = properties.content.trim() || title;
    if (STYLED.has(tag)) lost.set(tag, `HTML 的 <${tag}> 样式没有带过来，文字留下了`);
    else if (DROPPED.has(tag)) {
      const from = sourceOf(element);
      lost.set(tag + from, `HTML 的 <${tag}> 没有带过来${from && `：${from}`}`);
      // The converter ignores templates.
      Object.assign(element, { tagName: 'template', properties: {}, children: [] });
    } else if (tag === 'select') {
      lost.set(tag, 'HTML 的 <select> 去掉了，只留下了选中的那一项');
    } else if (!CARRIED.has(tag) && !isTask) {
      const isKept = nodeText(element).trim() !== '';
      lost.set(tag, `HTML 的 <${tag}> ${isKept ? '去掉了，文字留下了' : '没有带过来'}`);
    }
    if (tag !== 'td' && tag !== 'th') return;
    flatten(element);
    if (wide(properties.colSpan) || wide(properties.rowSpan)) {
      lost.set('span', '合并的单元格拆开了，请核对表格');
      // Each spanned cell becomes a cell, and a file may claim millions of them.
      properties.colSpan = Math.min(Number(properties.colSpan ?? 1), WIDEST);
      properties.rowSpan = Math.min(Number(properties.rowSpan ?? 1), WIDEST);
    }
  });
  return { title, lost: [...lost.values()] };
}

/** A cell of a Markdown table is one line: what stands in blocks of its own is separated by spaces instead. */
function flatten(cell: Element): void {
  const space: Text = { type: 'text', value: ' ' };
  visit(cell, 'element', (inner) => {
    if (inner === cell || !LINES_OF_CELL.has(inner.tagName)) return;
    Object.assign(inner, { tagName: 'span', properties: {}, children: [space, ...inner.children, space] });
  });
}

const LINES_OF_CELL = new Set(
  'p div section article header footer blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 pre hr br figure figcaption'.split(
    ' ',
  ),
);

/** Returns the address of an embedded player or frame, as the person who imports may want to link to it. */
function sourceOf({ properties, children }: Element): string {
  const sources = [
    properties,
    ...children.map((child) => (child.type === 'element' ? child.properties : {})),
  ];
  const src = sources.flatMap((one) => [one.src, one.dataSrc]).find((one) => typeof one === 'string');
  return typeof src === 'string' ? clip(src, 120) : '';
}

/** The most cells that one cell may span. */
const WIDEST = 50;

const wide = (span: unknown) => Number(span ?? 1) > 1;

/**
 * Returns the address of a picture. Pages that load pictures lazily keep it in another attribute, and a browser that
 * saves such a page puts its own copy into `src`.
 */
function addressOf({ properties }: Element, isBeside: (url: string) => boolean): string {
  const known = [properties.dataSrc, properties.dataOriginal, properties.src, properties.url].filter(
    (address): address is string => typeof address === 'string' && address !== '',
  );
  return known.find(isBeside) ?? known[0] ?? '';
}
