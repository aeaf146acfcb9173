import type { Element, Root } from 'hast';
import postcss from 'postcss';
import { visit } from 'unist-util-visit';

/** What a style sets, if it does: `false` for `font-weight: normal`. */
export interface Look {
  isBold?: boolean | undefined;
  isItalic?: boolean | undefined;
}

const WEIGHTS: [RegExp, boolean][] = [
  [/^(?:bold|bolder|[6-9]00)$/, true],
  [/^(?:normal|lighter|[1-5]00)$/, false],
];
const STYLES: [RegExp, boolean][] = [
  [/^(?:italic|oblique)\b/, true],
  [/^normal$/, false],
];

/**
 * Reads the style sheets of a page, as Google Docs exports it: `.c3{font-weight:700}` and `<span class="c3">`. Only rules
 * for one class count; what programs write for a page has no others.
 *
 * @returns a function that tells the look of an element, from its own style and from its classes
 */
export function readStyles(tree: Root): (element: Element) => Look {
  const ofClass = new Map<string, { order: number; look: Look }>();
  let order = 0;
  visit(tree, 'element', (element) => {
    if (element.tagName !== 'style') return;
    const css = element.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
    for (const rule of rulesOf(css)) {
      for (const selector of rule.selectors) {
        const name = /^(?:span)?\.([\w-]+)$/.exec(selector)?.[1];
        if (name === undefined) continue;
        const look = { ...ofClass.get(name)?.look, ...lookOf(rule) };
        ofClass.set(name, { order: order++, look });
      }
    }
  });
  return ({ properties: { className, style } }) => {
    const classes = Array.isArray(className) ? className.map(String) : [];
    const rules = classes.flatMap((name) => ofClass.get(name) ?? []).sort((a, b) => a.order - b.order);
    const isStyled = typeof style === 'string' && /font-(?:weight|style)/i.test(style);
    const own = isStyled ? rulesOf(`a{${style}}`) : [];
    return Object.assign({}, ...rules.map(({ look }) => look), ...own.map(lookOf)) as Look;
  };
}

/** Returns the rules of a style sheet that hold for any screen; none for what is no CSS. */
function rulesOf(css: string): postcss.Rule[] {
  try {
    return postcss.parse(css, { map: false }).nodes.filter((node) => node.type === 'rule');
  } catch (error) {
    if (error instanceof postcss.CssSyntaxError) return [];
    throw error;
  }
}

function lookOf(rule: postcss.Rule): Look {
  const look: Look = {};
  for (const declaration of rule.nodes) {
    if (declaration.type !== 'decl') continue;
    const value = declaration.value.trim().toLowerCase();
    const meaning = (values: [RegExp, boolean][]) => values.find(([pattern]) => pattern.test(value))?.[1];
    const prop = declaration.prop.toLowerCase();
    if (prop === 'font-weight') look.isBold = meaning(WEIGHTS) ?? look.isBold;
    if (prop === 'font-style') look.isItalic = meaning(STYLES) ?? look.isItalic;
  }
  return look;
}
