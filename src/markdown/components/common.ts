import { h } from 'hastscript';
import { texts } from '../../i18n/index.ts';
import { formatTime, parseTime } from '../../model/time.ts';
import { person, required, text, time, type Component, type Use } from './component.ts';

/** Components of every form. */
export const common: Component[] = [
  {
    name: 'Quote',
    what: '金句或引文，会进金句墙',
    example: `<Quote who="linxia">
  前一百个人不是数量，是气氛。
</Quote>`,
    forms: 'all',
    place: 'any',
    holds: 'text',
    attributes: {
      who: person('谁说的，people 里的文件名'),
      from: time('录音里从哪里开始，写成 12:34'),
      to: time('录音里到哪里结束，写成 12:50'),
      source: text('出处，例如《影响力》第 2 章'),
    },
    id: (use, ids) => ids.claimText('q', use.text),
    render: renderQuote,
  },
  {
    name: 'Callout',
    what: '提示框',
    example: `<Callout type="tip" title="先念一遍">
  念出来超过十秒，就再删。
</Callout>`,
    forms: 'all',
    place: 'any',
    holds: 'blocks',
    attributes: {
      type: {
        kind: 'text',
        required: true,
        choices: ['tip', 'note', 'warning'],
        what: 'tip（提示）、note（说明）或 warning（注意）',
      },
      title: text('提示框的标题'),
    },
    render: ({ attributes, children }) => {
      const type = attributes.type as keyof typeof texts.entry.callouts;
      return h('aside', { className: ['callout', `callout-${type}`] }, [
        h('p', { className: ['callout-title'] }, attributes.title ?? texts.entry.callouts[type]),
        ...children,
      ]);
    },
  },
  {
    name: 'Figure',
    what: '带说明的图片',
    example: '<Figure src="./photo.png" alt="六人桌的座位图" caption="每二十分钟换两个人" />',
    forms: 'all',
    place: 'any',
    holds: 'nothing',
    attributes: {
      src: { kind: 'image', required: true, what: '图片，放在同一文件夹里，写成 ./photo.jpg' },
      alt: required(text('图片里有什么，给看不见图的人')),
      caption: text('图片下面的说明'),
    },
    render: ({ attributes, slots }) =>
      h('figure', { className: ['figure'] }, [
        slots.image('src', attributes.alt!),
        attributes.caption === undefined ? null : h('figcaption', attributes.caption),
      ]),
  },
  {
    name: 'Audio',
    what: '一段录音',
    example: '<Audio src="./clip.mp3" title="当晚的一段录音" />',
    forms: 'all',
    place: 'any',
    holds: 'nothing',
    attributes: {
      src: { kind: 'audio', required: true, what: '录音，放在同一文件夹里的 MP3，写成 ./clip.mp3' },
      title: text('录音的标题'),
    },
    render: ({ attributes, slots }) =>
      h('figure', { className: ['audio'] }, [
        attributes.title === undefined ? null : h('figcaption', attributes.title),
        slots.audio('src', attributes.title),
      ]),
  },
  {
    name: 'Attachment',
    what: '可以下载的文件',
    example: '<Attachment src="./sheet.csv" title="流程单（CSV）" />',
    forms: 'all',
    place: 'any',
    holds: 'nothing',
    attributes: {
      src: { kind: 'attachment', required: true, what: '文件，放在同一文件夹里，写成 ./sheet.csv' },
      title: required(text('文件的名字')),
    },
    render: ({ attributes, slots }) =>
      h('p', { className: ['attachment'] }, slots.attachment('src', attributes.title!)),
  },
  {
    name: 'Members',
    what: '预览线：上面所有人可读，下面只有成员可读',
    example: '这一段所有人可读，包括不是成员的人。\n\n<Members />\n\n从这里开始，只有成员可读。',
    forms: 'all',
    place: 'top',
    holds: 'nothing',
    attributes: {},
    render: () => h('div', { className: ['members-line'] }),
  },
];

function renderQuote({ attributes, children, id, slots }: Use) {
  const { who, from, to, source } = attributes;
  const start = from === undefined ? undefined : parseTime(from);
  const end = to === undefined ? undefined : parseTime(to);
  const origin = [
    who === undefined ? null : h('span', { className: ['quote-who'] }, slots.person('who')),
    start === undefined
      ? null
      : h(
          'a',
          // A time is no part of the quote, whose words rank above others. It also stands at its line.
          { className: ['quote-time'], href: `#t=${start}`, dataSearchIgnore: '' },
          formatTime(start),
        ),
    source === undefined ? null : h('cite', { className: ['quote-source'] }, source),
  ].filter((part) => part !== null);
  return h(
    'figure',
    { className: ['quote'], id, dataQuote: '', dataWho: who, dataFrom: start, dataTo: end },
    [
      h('blockquote', children),
      origin.length === 0
        ? null
        : h(
            'figcaption',
            origin.flatMap((part, index) => (index === 0 ? [part] : [' ', part])),
          ),
    ],
  );
}
