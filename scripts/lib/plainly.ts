import { clip } from '../../src/text/shorten.ts';

/** Makes foreign text safe for a terminal: one line of at most `most` characters, without control characters. */
export function plainly(text: string, most = 120): string {
  return clip(text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '�'), most);
}

/**
 * Shortens the error output of another program or machine to one line that is safe for a terminal: the first line and
 * the last two, which are usually the ones that name the cause.
 */
export function inOneLine(text: string): string {
  // ssh frames its warnings with `@`.
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => plainly(line.trim().replace(/^@+(?:\s+|$)|\s+@+$/g, ''), 300));
  const said = lines.filter((line) => line !== '');
  return (said.length > 3 ? [said[0], ...said.slice(-2)] : said).join('; ');
}

/** Returns the reason of a foreign error, safe for a terminal. */
export function reasonOf(error: unknown): string {
  // The error of a connection that was tried at several addresses has no message of its own.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ');
  return inOneLine(error instanceof Error ? error.message || error.name : String(error));
}
