import type { Element } from 'hast';
import { h, s } from 'hastscript';
import type { List } from 'mdast';
import { textOf } from '../body-text.ts';
import type { JsxFlow } from '../jsx.ts';
import { nodeText } from '../node-text.ts';
import { required, text, type Component } from './component.ts';
import { clip } from '../../text/shorten.ts';

/** Matches a list item of a label and a number: `报名：1,060 人`. */
const BAR =
  /^(?<name>[^：:]{1,60})[：:]\s*(?<shown>(?<number>\d[\d,]*(?:\.\d+)?)\s?(?<unit>[^\d\s]\S{0,11})?)$/;

/** The part of a unit that changes what a number is worth: `3.2 万` is more than `8000`. */
const SCALE = /^(?:[%％‰]|[百千万亿]+|[kKwWmM](?![A-Za-z]))/;

interface Bar {
  name: string;
  value: number;
  /** As written, with its unit. */
  shown: string;
  /** `万` of `3.2 万`, or an empty string. */
  scale: string;
}

/** A few numbers as horizontal bars. The build draws them, so they need no script and also appear in print. */
export const chart: Component = {
  name: 'Chart',
  what: '一组数字，画成横条',
  example: `<Chart title="四十张请柬之后" note="签到表和一个月后的回访">
  - 答应来：40 人
  - 到场：38 人
  - 一个月后还在联系：21 人
</Chart>`,
  forms: 'all',
  place: 'any',
  holds: 'text',
  attributes: { title: required(text('这组数字是什么')), note: text('数字从哪里来') },
  complaint,
  render: ({ attributes, children }) => {
    const bars = children
      .filter((child): child is Element => child.type === 'element')
      .flatMap((list) => list.children)
      .flatMap((item) => (item.type === 'element' ? (barOf(textOf(item.children)) ?? []) : []));
    const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
    return h('figure', { className: ['chart'] }, [
      h('figcaption', attributes.title),
      h(
        'table',
        h(
          'tbody',
          bars.map(({ name, value, shown }) =>
            h('tr', [
              h('th', { scope: 'row' }, name),
              h('td', { className: ['chart-bar'] }, [drawn(value / most)]),
              h('td', { className: ['chart-value'] }, shown),
            ]),
          ),
        ),
      ),
      attributes.note === undefined ? null : h('p', { className: ['chart-note'] }, attributes.note),
    ]);
  },
};

/** Uses presentation attributes, because the pages' content security policy forbids style attributes. */
function drawn(share: number): Element {
  const width = Math.round(share * 1000) / 10;
  return s('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', ariaHidden: 'true' }, [
    s('rect', { width, height: 10 }),
  ]);
}

function complaint({ children }: JsxFlow): string | undefined {
  const [list, ...more] = children;
  if (list?.type !== 'list' || more.length > 0) return '里面要是一个列表，每行一个数字';
  const wrong = itemsOf(list).find((item) => !barOf(item));
  return wrong === undefined ? undefined : `看不懂“${clip(wrong, 20)}”，每行写成 名字：数字`;
}

/** Returns two numbers of a chart, as written, whose bars can't be compared; undefined if there are none. */
export function mixedNumbers({ children: [list] }: JsxFlow): [string, string] | undefined {
  if (list?.type !== 'list') return undefined;
  const [first, ...others] = itemsOf(list).flatMap((item) => barOf(item) ?? []);
  const other = others.find(({ scale }) => scale !== first?.scale);
  return first && other && [first.shown, other.shown];
}

const itemsOf = (list: List) => list.children.map((item) => nodeText(item).trim());

function barOf(item: string): Bar | undefined {
  const { name, shown, number, unit = '' } = BAR.exec(item.trim())?.groups ?? {};
  if (name === undefined || shown === undefined || number === undefined) return undefined;
  return {
    name: name.trim(),
    value: Number(number.replaceAll(',', '')),
    shown,
    scale: SCALE.exec(unit)?.[0] ?? '',
  };
}
