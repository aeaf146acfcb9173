import { h } from 'hastscript';
import { texts } from '../../i18n/index.ts';
import { weekdayOf } from '../../model/week.ts';
import { person, required, text, type Component } from './component.ts';

/** Components of a digest. */
export const digest: Component[] = [
  {
    name: 'Day',
    what: '一天的精华，里面放 Pick',
    example: `<Day date="2026-11-16">
  <Pick who="linxia">
    停在大家还想说的时候，下次来的人才多。
  </Pick>
</Day>`,
    forms: ['digests'],
    place: 'top',
    holds: 'blocks',
    attributes: { date: { kind: 'date', required: true, what: '哪一天，写成 2026-11-16' } },
    block: 'Day',
    id: ({ attributes }, ids) => ids.claim(`d-${attributes.date!}`),
    render: ({ attributes, children, id }) => {
      const date = attributes.date!;
      const label = texts.digest.day(Number(date.slice(5, 7)), Number(date.slice(8)), weekdayOf(date));
      return h('section', { className: ['day'], id }, [
        h('h2', h('time', { dateTime: date }, label)),
        ...children,
      ]);
    },
  },
  {
    name: 'Pick',
    what: '一条精华：谁说了什么',
    example: `<Day date="2026-11-17">
  <Pick who="linxia" title="先约五个人">
    不要一上来就喊全群，先私下约好五个人，十分钟后群里就有人说话了。
  </Pick>
</Day>`,
    forms: ['digests'],
    place: ['Day'],
    holds: 'blocks',
    attributes: { who: required(person('谁说的，people 里的文件名')), title: text('一句话概括') },
    block: 'Pick',
    id: ({ attributes, text: body }, ids) => ids.claimText('p', attributes.title ?? body),
    render: ({ attributes, children, id, slots }) =>
      h('section', { className: ['pick'], id, dataWho: attributes.who }, [
        attributes.title === undefined ? null : h('h3', attributes.title),
        h('p', { className: ['pick-who'] }, slots.person('who')),
        ...children,
      ]),
  },
];
