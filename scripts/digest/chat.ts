import { texts } from '../../src/i18n/index.ts';
import type { Letter } from './letter.ts';

/** The letter as plain text to paste into a group chat: an address on a line of its own, so that chats link it. */
export function chatText({ heading, days, sections, more }: Letter): string {
  const blocks = sections.map(({ title, items }) =>
    [
      title,
      ...items.map(({ text, note, address }) =>
        [text && `· ${inOne(text)}`, note && `  ${inOne(note)}`, address].filter(Boolean).join('\n'),
      ),
    ].join('\n'),
  );
  if (blocks.length === 0) return `${heading}\n${days}\n\n${texts.news.none}\n`;
  return `${[`${heading}\n${days}`, ...blocks, `${more.text}\n${more.address}`].join('\n\n')}\n`;
}

/** On one line: what stands on a second one would pass for a heading or an address of ours. */
const inOne = (text: string) => text.replace(/\s+/g, ' ');
