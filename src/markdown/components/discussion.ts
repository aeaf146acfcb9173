import { h } from 'hastscript';
import { person, required, text, type Component } from './component.ts';
import { section } from './section.ts';

/** Components of a discussion. */
export const discussion: Component[] = [
  {
    name: 'Viewpoint',
    what: '一个人的观点',
    example: `<Viewpoint who="linxia" title="先约一个固定的时刻">
  活跃是约出来的，不是催出来的。每周三晚上九点，二十分钟，准时结束。
</Viewpoint>`,
    forms: ['discussions'],
    place: 'top',
    holds: 'blocks',
    attributes: { who: required(person('谁的观点，people 里的文件名')), title: text('一句话概括这个观点') },
    block: 'Viewpoint',
    id: ({ attributes }, ids) => ids.claimText('v', attributes.who!),
    render: ({ attributes, children, id, slots }) =>
      h('section', { className: ['viewpoint'], id, dataWho: attributes.who }, [
        attributes.title === undefined ? null : h('h3', attributes.title),
        h('p', { className: ['viewpoint-who'] }, slots.person('who')),
        ...children,
      ]),
  },
  section('Agreement', 'discussions', '大家都同意的', '- 红包没有用。'),
  section('Disagreement', 'discussions', '大家不同意的地方', '- 要不要把不说话的人请出去。'),
  section('Open', 'discussions', '还没有答案的', '- 默默在看的人到底有多少？'),
  section('Try', 'discussions', '可以试试的', '- [ ] 下周三约一次，只约五个人'),
];
