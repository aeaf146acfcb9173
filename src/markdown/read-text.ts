import type { LocalFinding } from '../model/finding.ts';
import { readLimited, TooLargeError, type Folder } from './folder.ts';

/** Reads the text of a file. A file that is too large or not UTF-8 is reported instead. */
export function readText(
  folder: Pick<Folder, 'root'>,
  path: string,
  limit: number,
  report: (finding: LocalFinding) => void,
): string | undefined {
  const refuse = (rule: string, line: number, message: string, fix: string) => {
    report({ rule, level: 'error', line, column: 1, message, fix });
    return undefined;
  };
  let bytes: Buffer;
  try {
    bytes = readLimited(folder, path, limit);
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    const size = limit >= 1024 * 1024 ? `${limit / 1024 / 1024} MB` : `${limit / 1024} KB`;
    const isList = !path.includes('/');
    const fix = isList ? '删掉不再用的；这个文件不能拆开' : '拆成几个文件；图片和录音单独放，不写进正文';
    refuse('file-too-large', 1, `文件超过 ${size}`, fix);
    return;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    refuse('not-utf8', firstBrokenLine(bytes), '文件不是 UTF-8 编码', '用编辑器另存为 UTF-8');
    return;
  }
}

function firstBrokenLine(bytes: Buffer): number {
  const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0]!;
  return before.split('\n').length;
}
