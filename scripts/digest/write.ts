import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../src/markdown/content.ts';
import { newsOf, piecesOf, weeksOf } from '../../src/library/news.ts';
import { makeFolder } from '../lib/folder.ts';
import { chatText } from './chat.ts';
import { letterOf } from './letter.ts';
import { mailHtml } from './mail.ts';
import { weekTold } from './weeks.ts';

export interface DigestOptions {
  /** An ISO week, `2026-W47`. */
  week: string;
  /** The site's address without a trailing slash. */
  address: string;
  /** See {@link letterOf}. */
  withContent: boolean;
  /** The ids of pieces of earlier weeks that no digest has told of. */
  late?: readonly string[];
  /** The folder for the two files. */
  folder: string;
}

/** The digest written for a week. */
export interface Written {
  /** The text for a group chat. */
  text: string;
  files: { chat: string; mail: string };
}

/** Writes a week's news as a text for a group chat and as an HTML mail. */
export function writeDigest(
  content: Content,
  { week, folder, late = [], ...options }: DigestOptions,
): Written {
  const pieces = piecesOf(content);
  const news = newsOf(pieces, week);
  const letter = letterOf(news, {
    ...options,
    digests: pieces.filter((piece) => piece.form === 'digests' && weekTold(piece) === week),
    late: pieces.filter(({ id }) => late.includes(id)),
    hasPage: weeksOf(pieces).includes(week),
    nameOf: (id) => content.people.get(id)?.name ?? id,
  });
  const text = chatText(letter);
  const files = { chat: join(folder, `${week}.txt`), mail: join(folder, `${week}.html`) };
  makeFolder(folder);
  writeFileSync(files.chat, text);
  writeFileSync(files.mail, mailHtml(letter));
  return { text, files };
}
