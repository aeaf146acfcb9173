import { h } from 'hastscript';
import { required, text, type Component } from './component.ts';
import { section } from './section.ts';

const FRAMEWORK = `- 人为什么会说出去
  - 社交货币：说了显得自己好
  - 诱因：总有东西提醒他
- 怎么让内容好转述
  - 故事
  - 实用价值`;

/** Components of a breakdown. */
export const breakdown: Component[] = [
  section('Framework', 'breakdowns', '全书框架，写成多级列表', FRAMEWORK, 'text'),
  {
    name: 'Chapter',
    what: '一章',
    example: `<Chapter title="第一章 社交货币">
  说出来让自己显得好，人才会说。

  <Idea title="给他一句可以转述的话">
    活动结束时，替成员写好那一句。
  </Idea>
</Chapter>`,
    forms: ['breakdowns'],
    place: 'top',
    holds: 'blocks',
    attributes: { title: required(text('这一章的标题')) },
    block: 'Chapter',
    id: ({ attributes }, ids) => ids.claimText('c', attributes.title!),
    render: ({ attributes, children, id }) =>
      h('section', { className: ['chapter'], id }, [h('h3', attributes.title), ...children]),
  },
  {
    name: 'Idea',
    what: '一个关键观点',
    example: `<Idea title="诱因要在眼前">
  想让人周五想起你，就让周五常见的东西替你提醒。
</Idea>`,
    forms: ['breakdowns'],
    place: 'any',
    holds: 'blocks',
    attributes: { title: text('这个观点的标题') },
    block: 'Idea',
    id: ({ attributes, text: body }, ids) => ids.claimText('i', attributes.title ?? body),
    render: ({ attributes, children, id }) =>
      h('section', { className: ['idea'], id }, [
        attributes.title === undefined ? null : h('h4', attributes.title),
        ...children,
      ]),
  },
  section(
    'Apply',
    'breakdowns',
    '可以用到工作里的，写成任务列表',
    '- [ ] 找出上个月被转述最多的一句话\n- [ ] 把它放进下一次欢迎语',
  ),
];
