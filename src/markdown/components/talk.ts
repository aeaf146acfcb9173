import { h } from 'hastscript';
import { formatTime, isoDuration, parseTime } from '../../model/time.ts';
import { person, required, time, type Component } from './component.ts';
import { section } from './section.ts';

/** Components of a talk. */
export const talk: Component[] = [
  {
    name: 'Line',
    what: '逐字稿里的一段：谁在什么时候说',
    example: `<Line who="linxia" t="12:34">
  前一百个人不是数量，是气氛。后来的人进门，先看他们怎么说话。
</Line>`,
    forms: ['talks'],
    place: 'top',
    holds: 'text',
    attributes: {
      who: required(person('谁说的，people 里的文件名')),
      t: required(time('录音里的时间，写成 12:34 或 1:02:03')),
    },
    id: ({ attributes }, ids) => ids.claim(`t-${parseTime(attributes.t!)}`),
    render: ({ attributes, children, id, slots }) => {
      const start = parseTime(attributes.t!);
      return h('div', { className: ['line'], id, dataStart: start, dataWho: attributes.who }, [
        h('p', { className: ['line-head'] }, [
          h(
            'a',
            { className: ['line-time'], href: `#t=${start}` },
            h('time', { dateTime: isoDuration(start) }, formatTime(start)),
          ),
          ' ',
          h('span', { className: ['line-who'] }, slots.person('who')),
        ]),
        h('div', { className: ['line-text'] }, children),
      ]);
    },
  },
  section(
    'Takeaways',
    'talks',
    '要点列表',
    '- 先写名单，再建群。\n- 名单上每个名字后面要有一句他说过的话。',
    'text',
  ),
];
