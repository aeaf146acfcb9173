import { h } from 'hastscript';
import { formatTime, isoDuration, parseTime } from '../../model/time.ts';
import { person, required, time, type Component } from './component.ts';
import { section } from './section.ts';

/** Components of a talk. */
export const talk: Component[] = [
  {
    name: 'Line',
    what: '逐字稿里的一段：谁在什么时候说',
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
  section('Takeaways', 'talks', '要点列表', 'text'),
];
