import type { Element, Root, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

/** The allowed elements of a body and their attributes, named as in hast. */
const ATTRIBUTES: Record<string, string> = {
  p: 'className',
  a: 'href rel className id title ariaDescribedBy ariaLabel dataFootnoteRef dataFootnoteBackref dataSearchIgnore',
  strong: '',
  em: '',
  del: '',
  code: 'className',
  pre: '',
  blockquote: '',
  ul: 'className',
  ol: 'start className',
  li: 'className id',
  h2: 'id className',
  h3: 'id',
  h4: 'id',
  h5: 'id',
  h6: 'id',
  hr: '',
  br: '',
  wbr: '',
  table: '',
  thead: '',
  tbody: '',
  tr: '',
  th: 'scope className',
  td: 'className',
  div: 'className tabIndex id dataStart dataWho',
  span: 'className',
  section: 'className id dataFootnotes dataWho',
  aside: 'className',
  figure: 'className id dataQuote dataWho dataFrom dataTo',
  figcaption: '',
  cite: 'className',
  time: 'dateTime',
  label: '',
  input: 'type checked disabled',
  sup: '',
  img: 'src srcSet sizes width height alt title loading decoding dataAlpha dataInLine dataTall',
  audio: 'controls preload src ariaLabel',
  svg: 'viewBox preserveAspectRatio ariaHidden',
  rect: 'width height',
};

/** The allowed classes, which pages and their scripts use; code blocks add the name of their language. */
const CLASSES = new Set(
  (
    'external person attachment attachment-size members-line table align-left align-center align-right ' +
    'callout callout-tip callout-note callout-warning callout-title quote quote-who quote-time quote-source ' +
    'figure audio chart chart-bar chart-value chart-note lines full line line-head line-time line-who line-text ' +
    'chapter idea day pick pick-who section contains-task-list task-list-item footnotes footnotes-title ' +
    'data-footnote-backref viewpoint viewpoint-who pick-who clause keep'
  ).split(' '),
);

const parser = unified().use(rehypeParse).freeze();

/**
 * Parses HTML like a browser within a page, and returns the first thing that isn't on the allow-lists: an element,
 * attribute, address, class, id, or a tag that affects the page around it.
 *
 * @param base - the base of the site, `/base`
 */
export function faultOfMarkup(html: string, base: string): string | undefined {
  const page = `<!doctype html><body><main>${html}</main><footer></footer></body>`;
  const body = elementsOf(parser.parse(page)).find(({ tagName }) => tagName === 'body')!;
  const [main, footer, ...more] = elementsOf(body);
  if (main?.tagName !== 'main' || footer?.tagName !== 'footer' || more.length > 0)
    return `tags that reach beyond their place: ${html}`;
  let fault: string | undefined;
  visit(main, 'element', (element) => {
    if (element !== main) fault ??= faultOf(element, base);
  });
  return fault;
}

function elementsOf(parent: Root | Element): Element[] {
  const inner = (parent.children as RootContent[]).filter((child) => child.type === 'element');
  return parent.type === 'root' ? inner.flatMap((element) => [element, ...elementsOf(element)]) : inner;
}

function faultOf({ tagName, properties }: Element, base: string): string | undefined {
  if (!Object.hasOwn(ATTRIBUTES, tagName)) return `<${tagName}>`;
  const known = new Set(ATTRIBUTES[tagName]!.split(' '));
  const unknown = Object.keys(properties).find((name) => !known.has(name));
  if (unknown !== undefined) return `${unknown} on <${tagName}>`;
  const { href, src, srcSet, className, id, type } = properties;
  if (typeof href === 'string' && !isSafe(href, base)) return `<${tagName}> to ${href}`;
  const files = [
    src,
    ...(typeof srcSet === 'string' ? srcSet.split(', ').map((one) => one.split(' ')[0]!) : []),
  ];
  const file = files.find((one) => one !== undefined && !isMedia(one, base));
  if (file !== undefined) return `<${tagName}> from ${file}`;
  const odd = (Array.isArray(className) ? className : []).find((name) => !isKnownClass(name));
  if (odd !== undefined) return `class ${odd} on <${tagName}>`;
  if (typeof id === 'string' && !/^(?:[a-z]+-[\w.%~-]*|[a-z]+)$/.test(id)) return `id ${id}`;
  if (tagName === 'input' && type !== 'checkbox') return `an input of type ${String(type)}`;
  return undefined;
}

function isKnownClass(name: string | number): boolean {
  return CLASSES.has(`${name}`) || /^(?:language|section)-\S+$/.test(`${name}`);
}

/** Whether a link leads to the web, a mail program, a place in this page or a page of this site. */
function isSafe(href: string, base: string): boolean {
  if (href.startsWith('#')) return true;
  const here = 'https://site.invalid';
  const url = URL.canParse(href, here) ? new URL(href, here) : undefined;
  if (url?.origin === here) return url.pathname.startsWith(`${base}/`);
  return url !== undefined && /^(?:https?|mailto):/.test(href) && /^(?:https?|mailto):$/.test(url.protocol);
}

function isMedia(src: unknown, base: string): boolean {
  return typeof src === 'string' && src.startsWith(`${base}/media/`) && !src.includes('..');
}
