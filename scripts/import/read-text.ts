import { readFileSync, statSync } from 'node:fs';
import { megabytes } from '../../src/text/megabytes.ts';
import { CommandError } from '../lib/main.ts';

/** Larger than any subtitles, document or chat that one entry could hold. */
const LARGEST = 20 * 1024 * 1024;

/**
 * Reads a text file as UTF-8 or UTF-16, else as GB 18030, which older Windows programs write; `lost` then says so.
 *
 * @returns the text without a byte order mark, its lines ended as on Unix
 * @throws CommandError (2) when it is empty, too large or not a text
 */
export function readText(file: string, lost: string[]): string {
  const { size } = statSync(file);
  if (size > LARGEST) throw new CommandError(`文件有 ${megabytes(size)}，太大了 → 分成几个再导入`, 2);
  const text = decoded(readFileSync(file), lost)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');
  if (text.trim() === '') throw new CommandError('文件是空的', 2);
  // eslint-disable-next-line no-control-regex -- characters that no text contains
  const odd = text.slice(0, 4096).match(/[\u0000-\u0008\u000e-\u001a\ufffd]/g)?.length ?? 0;
  if (odd > 8) throw new CommandError('文件不是文字，看扩展名对不对 → 导出成列出的格式之一（--help）', 2);
  return text;
}

function decoded(bytes: Buffer, lost: string[]): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    lost.push('文件不是 UTF-8，当作 GB 18030（国标）读的；字不对就先另存为 UTF-8');
    return new TextDecoder('gb18030').decode(bytes);
  }
}
