import type { Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { Code, Construct, Effects, Extension, State, Tokenizer } from 'micromark-util-types';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified, type Processor } from 'unified';
import { VFileMessage } from 'vfile-message';
import type { LocalFinding } from '../model/finding.ts';
import { nestedTooDeep, outOfBounds, remarkBounds, TooMuchMarkupError } from './bounds.ts';
import type { JsxFlow } from './jsx.ts';
import { withoutJavaScript } from './no-javascript.ts';
import { movePlaces, spreadLines, writtenLine } from './spread.ts';
import { explain, unreadable } from './syntax-errors.ts';

/** The part of a mdast-util-from-markdown extension that is used here. */
interface MdastExtension {
  transforms?: { name: string }[];
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .use(remarkCjkFriendlyStrikethrough, { singleTilde: false })
  .use(remarkMdx, withoutJavaScript)
  .use(remarkAsciiAutolinks)
  .use(remarkBounds)
  .freeze();

/**
 * Parses MDX to a tree without executing any of it. As in MDX, components that are alone in a paragraph become blocks.
 * A syntax error is returned as a finding.
 */
export function parseBody(body: string): Root | LocalFinding {
  const refused = outOfBounds(body);
  if (refused) return refused;
  const spread = spreadLines(body);
  let root: Root;
  try {
    root = processor.parse(spread.text);
    movePlaces(root, spread);
    liftBlocks(root);
  } catch (error) {
    if (error instanceof VFileMessage) return explain(error, spread);
    if (error instanceof TooMuchMarkupError) {
      return { ...error.finding, line: writtenLine(error.finding.line, spread) };
    }
    // The parser is recursive: only thousands of nested components exhaust the stack.
    if (error instanceof RangeError) return nestedTooDeep();
    // Some hostile texts trigger the parser's own assertions; they are refused like any other unreadable text.
    if (error instanceof Error) return unreadable(error.message, 1, 1);
    throw error;
  }
  return root;
}

/**
 * For MDX's parser, `<Line>…</Line>` on one line is inline. Replaces paragraphs that consist only of components by
 * these components as blocks, at all levels where components are allowed.
 */
function liftBlocks(parent: { children: RootContent[] }): void {
  parent.children = parent.children.flatMap((child): RootContent[] => {
    const lifted = child.type === 'paragraph' ? lift(child) : [child];
    for (const node of lifted) if (node.type === 'mdxJsxFlowElement') liftBlocks(node);
    return lifted;
  });
}

function lift(paragraph: Paragraph): RootContent[] {
  const isBlank = (node: PhrasingContent) => node.type === 'text' && node.value.trim() === '';
  const elements = paragraph.children.filter((node) => !isBlank(node));
  if (elements.length === 0 || !elements.every((node) => node.type === 'mdxJsxTextElement'))
    return [paragraph];
  return elements.map((element): JsxFlow => {
    const hasText = element.children.some((node) => !isBlank(node));
    const inner: Paragraph = { type: 'paragraph', children: element.children };
    if (element.position) inner.position = element.position;
    return { ...element, type: 'mdxJsxFlowElement', children: hasText ? [inner] : [] };
  });
}

/**
 * A remark plugin that ends bare URLs before the first non-ASCII character. In GFM they extend to the next space, which
 * Chinese text doesn't have: `见 https://a.cn/x，然后` became one link. At a non-ASCII character, its tokenizers are
 * told that the text ends.
 */
function remarkAsciiAutolinks(this: Processor): void {
  const data = this.data() as {
    micromarkExtensions: Extension[];
    fromMarkdownExtensions: (MdastExtension | MdastExtension[])[];
  };
  data.micromarkExtensions = data.micromarkExtensions.map((extension) => {
    if (!extension.text) return extension;
    const text = Object.fromEntries(
      Object.entries(extension.text).map(([code, constructs]) => [
        code,
        [constructs ?? []]
          .flat()
          .map((construct) => (construct.name?.endsWith('Autolink') ? asciiOnly(construct) : construct)),
      ]),
    );
    return { ...extension, text };
  });
  // GFM's second pass over the finished tree has the same fault and finds nothing else in Chinese text, so it is
  // removed.
  data.fromMarkdownExtensions = data.fromMarkdownExtensions.map((extensions) =>
    [extensions].flat().map(({ transforms = [], ...extension }) => ({
      ...extension,
      transforms: transforms.filter(({ name }) => name !== 'transformGfmAutolinkLiterals'),
    })),
  );
}

function asciiOnly(construct: Construct): Construct {
  const tokenize: Tokenizer = function (effects, ok, nok) {
    let real: Code = null;
    // Set while the next states don't belong to this construct.
    let left = false;
    const masked =
      (state: State): State =>
      (code) => {
        real = code;
        left = false;
        const next = state(code !== null && code > 127 ? null : code);
        // The type checker can't see that the states change `left`.
        return next && !(left as boolean) ? masked(next) : next;
      };
    const leave =
      (state: State): State =>
      () => {
        left = true;
        return state(real);
      };
    const nested =
      (hook: Effects['attempt']): Effects['attempt'] =>
      (inner, ...states) => {
        const shown = 'tokenize' in (inner as object) ? asciiOnly(inner as Construct) : inner;
        const [first, ...rest] = states.map((state) => state && masked(state));
        const start = hook(shown, first!, ...rest);
        return leave(start);
      };
    const shown: Effects = { ...effects, attempt: nested(effects.attempt), check: nested(effects.check) };
    return masked(construct.tokenize.call(this, shown, leave(ok), leave(nok)));
  };
  return { ...construct, tokenize };
}
