import { texts } from '../../src/i18n/index.ts';
import type { Letter } from './letter.ts';

/**
 * Formats the letter as plain text for a group chat. Each address has its own line, so that chats turn it into a link.
 */
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
  const last = more ? [`${more.text}\n${more.address}`] : [];
  return `${[`${heading}\n${days}`, ...blocks, ...last].join('\n\n')}\n`;
}

/** Joins a text into one line: a second line could pass for a heading or an address of ours. */
const inOne = (text: string) => text.replace(/\s+/g, ' ');
