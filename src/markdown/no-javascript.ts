import type remarkMdx from 'remark-mdx';

type Options = NonNullable<Parameters<typeof remarkMdx>[0]>;

/** An expression longer than this many characters ends at its next closing brace, balanced or not. */
const longest = 200;

/**
 * Replaces the JavaScript parser that MDX calls at each closing brace to see whether the expression is complete. Every
 * expression, import and export is refused anyway, so all that matters is where it ends. With a real parser, a backtick
 * and 8,000 braces take a minute, and 80,000 braces an hour.
 */
export const withoutJavaScript: Options = {
  acorn: {
    parse: (text: string) => ({ type: 'Program', start: 0, end: text.length, body: [] }),
    parseExpressionAt: (text: string) => {
      // Braces are counted, so that pasted code is one expression, including its tags and braces.
      const isEven = text.split('{').length === text.split('}').length;
      if (!isEven && text.length <= longest)
        throw Object.assign(new SyntaxError('uneven braces'), { pos: 0 });
      return { type: 'ObjectExpression', start: 0, end: text.length, properties: [] };
    },
  } as unknown as Options['acorn'],
  addResult: false,
};
