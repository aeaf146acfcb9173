import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { megabytes } from '../../src/text/megabytes.ts';
import type { Form } from '../../src/model/form.ts';
import { LIMITS } from '../../src/model/limits.ts';
import type { Values } from '../entry/values.ts';
import { titleOf } from '../entry/write.ts';
import { CommandError } from '../lib/main.ts';
import { adaptDocument } from './adapt.ts';
import { hasCaptions } from './caption-times.ts';
import { readCaptions } from './captions.ts';
import { readChat } from './chat.ts';
import { readHtml, readMarkdown, type Document } from './document.ts';
import type { Imported, Known } from './imported.ts';
import { writeMdx } from './mdx.ts';
import { isPictureBeside } from './own-files.ts';
import { readMinutes, transcribed } from './minutes.ts';
import { readText } from './read-text.ts';
import { intoSteps } from './steps.ts';
import { readWord } from './word.ts';

/** What can be imported, for `--help`. */
export const kinds = [
  { extensions: ['vtt', 'srt'], what: '字幕 → talk：同一个人的字幕并成段，时间留下' },
  {
    extensions: ['md', 'markdown'],
    what: 'Markdown（飞书、语雀、Notion 导出的也行，图片放在旁边）→ 任何形式',
  },
  { extensions: ['docx'], what: 'Word → 任何形式，图片一起带过来' },
  { extensions: ['html', 'htm'], what: '网页 → 任何形式' },
  {
    extensions: ['txt', 'json'],
    what: '群聊记录 → digest（按天排）或 discussion（按人合并）：闲聊、重复和系统消息去掉',
  },
  {
    extensions: ['txt', 'docx'],
    what: '会议的文字记录（腾讯会议、飞书妙记）→ talk：一行“名字 12:34”，下面是说的话',
  },
];

/** A file to import, and what its entry is to be. */
export interface Source {
  file: string;
  form: Form;
  known: Known;
  /** Front matter from the command line. */
  given: Values;
  /** `YYYY-MM-DD`. */
  today: string;
}

/**
 * Reads a file as the draft of an entry.
 *
 * @throws CommandError (2) when the file can't become this form, or has no readable content
 */
export async function importFile(source: Source): Promise<Imported> {
  const { file, form } = source;
  if (!statSync(file).isFile()) throw new CommandError(`${file} 不是文件 → 一次导入一个文件`, 2);
  const lost: string[] = [];
  const imported = await read(source, () => readText(file, lost)).catch((cause: unknown) => {
    // The readers are recursive, so deep nesting overflows the stack.
    if (!(cause instanceof RangeError)) throw cause;
    throw new CommandError('文件里一层套一层，套得太深了 → 用写它的程序另存一份，少套几层', 2, { cause });
  });
  if (imported.body.length === 0) throw new CommandError('文件里没有能带过来的内容', 2);
  const size = Buffer.byteLength(writeMdx(imported.body));
  if (size > LIMITS.entry - LIMITS.frontMatter) {
    throw new CommandError(`一篇文章最多 2 MB，这个文件有 ${megabytes(size)} 文字 → 分成几个再导入`, 2);
  }
  return {
    ...imported,
    values: { [titleOf(form)]: basename(file, extname(file)), ...imported.values },
    lost: [...lost, ...imported.lost],
  };
}

/** @param text - reads the file as text */
async function read({ file, form, known, given, today }: Source, text: () => string): Promise<Imported> {
  const extension = extname(file).slice(1).toLowerCase();
  const document = async (parsed: Document | Promise<Document>): Promise<Imported> => {
    const imported = await adaptDocument(await parsed, form, file);
    if (form === 'talks') return transcribed(imported, known);
    return form === 'teardowns' ? { ...imported, body: intoSteps(imported.body, imported.lost) } : imported;
  };
  switch (extension) {
    case 'vtt':
    case 'srt': {
      if (form !== 'talks') throw new CommandError('字幕只能导入成 talk → 写 --as talk', 2);
      return readCaptions(text(), extension, known, onlySpeaker(given));
    }
    case 'md':
    case 'markdown':
      return document(readMarkdown(text()));
    case 'html':
    case 'htm':
      return document(readHtml(text(), (url) => isPictureBeside(file, url)));
    case 'docx':
      return document(readWord(readFileSync(file)));
    case 'txt':
    case 'json':
      if (form === 'talks' && extension === 'txt') {
        const said = text();
        if (hasCaptions(said)) return readCaptions(said, 'srt', known, onlySpeaker(given));
        return readMinutes(said, known);
      }
      if (form !== 'digests' && form !== 'discussions') {
        const fix = '写 --as digest，或 --as discussion；会议的文字记录写 --as talk';
        throw new CommandError(`聊天记录只能导入成 digest 或 discussion → ${fix}`, 2);
      }
      return readChat(
        text(),
        form,
        known,
        typeof given.date === 'string' ? given.date : today,
        typeof given.week === 'string' ? given.week : undefined,
      );
    case 'doc':
      throw new CommandError('不会读旧的 .doc → 用 Word 或 WPS 打开，另存为 .docx', 2);
    default:
      throw new CommandError(unreadable(extension), 2);
  }
}

/** Returns the speaker of subtitles that name nobody. */
const onlySpeaker = ({ speakers }: Values): string | undefined =>
  Array.isArray(speakers) ? speakers[0] : undefined;

/** What to do with files of other programs, as the list of readable ones helps nobody who has only this one. */
const OTHERS: [extensions: RegExp, fix: string][] = [
  [/^(?:wps|rtf|odt|pages)$/, '用 Word 或 WPS 打开，另存为 .docx'],
  [
    /^(?:pdf|pptx?|key|dps)$/,
    '导入它原来的 Word 文件，或先用 WPS 转成 .docx；只是给大家下载的，放到文章的文件夹里作附件',
  ],
  [/^(?:xlsx?|csv|et|numbers)$/, '复制到 Word 里，存成 .docx 再导入；给大家下载的，放到文章的文件夹里作附件'],
  [/^(?:zip|rar|7z)$/, '先解压，导入里面的 .md、.html 或 .docx'],
  [
    /^(?:mp3|m4a|wav|aac|amr|mp4|mov)$/,
    '先转成字幕（.srt）或文字记录（.txt），腾讯会议、飞书妙记、剪映都能转；录音的 MP3 放到文章的文件夹里',
  ],
  [/^(?:png|jpe?g|gif|webp|svg|heic|bmp)$/, '图片放到文章的文件夹里，正文里写成 ![图里有什么](./photo.jpg)'],
  [/^(?:ass|ssa|lrc|sbv)$/, '另存为 .srt'],
];

function unreadable(extension: string): string {
  const readable = [...new Set(kinds.flatMap(({ extensions }) => extensions))].map((one) => `.${one}`);
  const fix = OTHERS.find(([extensions]) => extensions.test(extension))?.[1];
  const what = extension === '' ? '文件名没有扩展名' : `不会读 .${extension}`;
  return `${what} → ${fix ?? `可以导入 ${readable.join('、')}`}`;
}
