import { h } from 'hastscript';
import { required, text, type Component } from './component.ts';
import { section } from './section.ts';

/** Components of a breakdown. */
export const breakdown: Component[] = [
  section('Framework', 'breakdowns', '全书框架，写成多级列表', 'text'),
  {
    name: 'Chapter',
    what: '一章',
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
  section('Apply', 'breakdowns', '可以用到工作里的，写成任务列表'),
];
