import { dayInShanghai } from '../model/week.ts';
import { formatLog, parseLog } from './log-format.ts';
import { fits, mergeLogs, upTo, type Log } from './log.ts';
import { changeLog, readLog } from './store.ts';

/** Maximum size in bytes of a file to load: browsers store some five million characters, of three bytes in Chinese. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** The result of loading a file: the log that was merged, or the reason why nothing was changed. */
export type Loaded =
  { log: Log } | { reason: 'tooLarge' | 'tooMuch' | 'unknown' } | { reason: 'damaged'; count: number };

/** Downloads the log as a JSON file. */
export function saveFile(): void {
  const file = new Blob([formatLog(readLog())], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `jinghua-mine-${dayInShanghai(new Date())}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Merges a file into the log. A file with any invalid part changes nothing. */
export async function loadFile(file: Blob): Promise<Loaded> {
  if (file.size > LARGEST_FILE) return { reason: 'tooLarge' };
  const parsed = parseLog(await file.text());
  if (!parsed) return { reason: 'unknown' };
  if (parsed.refused > 0) return { reason: 'damaged', count: parsed.refused };
  const merged = mergeLogs(readLog(), upTo(Date.now(), parsed.log));
  if (!fits(merged)) return { reason: 'tooMuch' };
  changeLog(() => merged);
  return { log: parsed.log };
}

/** Counts the pieces and highlights of a log, to tell the reader what it contains. */
export function countOf({ pieces }: Log): { pieces: number; highlights: number } {
  const highlights = [...pieces.values()].reduce((sum, piece) => sum + piece.highlights.length, 0);
  return { pieces: pieces.size, highlights };
}
