// The dialects of Markdown that Feishu, Yuque and Notion export, converted to Markdown and tags that we know.

const FENCE = /^\s*(`{3,}|~{3,})/;
/** Yuque's boxes, `:::info` to `:::`. */
const BOX = /^:::\s*(\w*)$/;
/** Notion's `<aside>` and Feishu's `<callout emoji="💡">`: they contain Markdown, often on the very next line. */
const CALLOUT_TAG = /<(\/?)(?:aside|callout)\b[^<>]*>/gi;
/** Yuque's anchors before headings, which can be removed without a loss. */
const ANCHOR = /<a\s+(?:name|id)="[^"]*"\s*>\s*<\/a>/gi;

/** Feishu's tables have HTML's tags with a prefix. */
const FEISHU_TABLE = /<(\/?)lark-(table|tr|td)\b/gi;

/** The names of our callout types for those of Yuque's boxes. */
const TYPES: Record<string, string> = {
  tips: 'tip',
  tip: 'tip',
  success: 'tip',
  warning: 'warning',
  danger: 'warning',
};

/** Converts lines outside of code, with each box as `<callout type="…">` and `</callout>` on lines of their own. */
export function plainMarkdown(text: string): string {
  let fence: string | undefined;
  let isBoxed = false;
  return text
    .split('\n')
    .map((line) => {
      const mark = FENCE.exec(line)?.[1];
      if (fence !== undefined) {
        if (mark?.startsWith(fence)) fence = undefined;
        return line;
      }
      if (mark !== undefined) {
        fence = mark;
        return line;
      }
      const box = BOX.exec(line.trim());
      if (box && (isBoxed || box[1] !== '')) {
        isBoxed = !isBoxed;
        return isBoxed ? opening(TYPES[box[1]!] ?? 'note') : CLOSING;
      }
      return line
        .replace(ANCHOR, '')
        .replace(FEISHU_TABLE, '<$1$2')
        .replace(CALLOUT_TAG, (_, slash: string) => (slash === '' ? opening('note') : CLOSING));
    })
    .join('\n');
}

const opening = (type: string) => `\n\n<callout type="${type}">\n\n`;
const CLOSING = '\n\n</callout>\n\n';

/** Returns the type in an opening tag of {@link plainMarkdown}; `undefined` for any other HTML. */
export function calloutOf(html: string): string | undefined {
  return /^<callout type="(\w+)">$/.exec(html.trim())?.[1];
}

/** Whether HTML ends a box of {@link plainMarkdown}. */
export function endsCallout(html: string): boolean {
  return html.trim() === '</callout>';
}

/** Notion names its files `Title 1f2e3d4c5b6a79889796a5b4c3d2e1f0`. */
const NOTION = / [0-9a-f]{32}$/;

/** Returns a file's name without Notion's suffix. */
export function titleOfFile(name: string): string {
  return name.replace(NOTION, '');
}

/**
 * Reads the properties of a Notion page, lines like `Tags: 社群` below its title; `undefined` if these lines aren't any.
 *
 * @param name - the file's name without its extension
 */
export function notionProperties(lines: string, name: string): [key: string, value: string][] | undefined {
  if (!NOTION.test(name)) return undefined;
  const pairs = lines.split('\n').map((line) => /^([^:：]{1,24}): (.*)$/.exec(line.trim()));
  if (!pairs.every((pair) => pair !== null)) return undefined;
  return pairs.map(([, key, value]) => [key!, value!]);
}
