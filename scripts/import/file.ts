import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Form } from '../../src/model/form.ts';
import type { Values } from '../entry/values.ts';
import { titleOf } from '../entry/write.ts';
import { CommandError } from '../lib/main.ts';
import { adaptDocument } from './adapt.ts';
import { readCaptions } from './captions.ts';
import { readChat } from './chat.ts';
import { readHtml, readMarkdown, readWord, type Document } from './document.ts';
import type { Imported, Known } from './imported.ts';
import { intoSteps } from './steps.ts';

/** What can be imported, for `--help`. */
export const kinds = [
  { extensions: ['vtt', 'srt'], what: '字幕 → talk：同一个人的字幕并成段，时间留下' },
  {
    extensions: ['md', 'markdown'],
    what: 'Markdown（飞书、语雀、Notion 导出的也行，图片放在旁边）→ 任何形式',
  },
  { extensions: ['docx'], what: 'Word → 任何形式，图片一起带过来' },
  { extensions: ['html', 'htm'], what: '网页 → 任何形式' },
  { extensions: ['txt', 'json'], what: '群聊记录 → digest：按天排，闲聊、重复和系统消息去掉' },
];

/**
 * Reads a file as the draft of an entry.
 *
 * @param given - front matter from the command line
 * @throws CommandError (2) when the file can't become this form, or holds nothing that can be read
 */
export async function importFile(file: string, form: Form, known: Known, given: Values): Promise<Imported> {
  const extension = extname(file).slice(1).toLowerCase();
  const imported = await read(file, extension, form, known, given);
  return { ...imported, values: { [titleOf(form)]: basename(file, extname(file)), ...imported.values } };
}

async function read(
  file: string,
  extension: string,
  form: Form,
  known: Known,
  given: Values,
): Promise<Imported> {
  const document = async (parsed: Document | Promise<Document>): Promise<Imported> => {
    const imported = adaptDocument(await parsed, form, file);
    return form === 'teardowns' ? { ...imported, body: intoSteps(imported.body, imported.lost) } : imported;
  };
  switch (extension) {
    case 'vtt':
    case 'srt': {
      if (form !== 'talks') throw new CommandError('字幕只能导入成 talk → 写 --as talk', 2);
      const speakers = Array.isArray(given.speakers) ? given.speakers : [];
      return readCaptions(textIn(file), extension, known, speakers[0]);
    }
    case 'md':
    case 'markdown':
      return document(readMarkdown(textIn(file)));
    case 'html':
    case 'htm':
      return document(readHtml(textIn(file)));
    case 'docx':
      return document(readWord(readFileSync(file)));
    case 'txt':
    case 'json':
      if (form !== 'digests') throw new CommandError('聊天记录只能导入成 digest → 写 --as digest', 2);
      return readChat(textIn(file), known);
    default:
      throw new CommandError(
        `不会读 .${extension} → 可以导入 ${kinds.flatMap(({ extensions }) => extensions).join('、')}`,
        2,
      );
  }
}

/** Text as UTF-8 or UTF-16, else as GB 18030, which older Windows programs write. */
function textIn(file: string): string {
  const bytes = readFileSync(file);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
