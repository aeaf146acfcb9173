import type { PhrasingContent, RootContent } from 'mdast';

/** A component that is a block of its own. */
export type JsxFlow = Extract<RootContent, { type: 'mdxJsxFlowElement' }>;
/** A component within a sentence. */
export type JsxText = Extract<PhrasingContent, { type: 'mdxJsxTextElement' }>;

/** Returns an attribute that is written as in HTML, by its name. */
export function attributeOf({ attributes }: JsxFlow | JsxText, name: string) {
  return attributes.find((one) => one.type === 'mdxJsxAttribute' && one.name === name);
}

/** Returns the text of an attribute; `undefined` if it has none, or is JavaScript. */
export function valueOf(element: JsxFlow | JsxText, name: string): string | undefined {
  const value = attributeOf(element, name)?.value;
  return typeof value === 'string' ? value : undefined;
}
