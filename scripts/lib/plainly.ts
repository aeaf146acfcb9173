import { clip } from '../../src/shorten.ts';

/** What others said or named, fit for a terminal: one line of at most `most` characters without anything that would steer it. */
export function plainly(text: string, most = 120): string {
  return clip(text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '�'), most);
}

/**
 * What another program or machine said when it failed, in one line that is fit for a terminal: of many lines the first,
 * and the last two, with which programs end that have said more before.
 */
export function inOneLine(text: string): string {
  // ssh frames its warnings.
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => plainly(line.trim().replace(/^@+(?:\s+|$)|\s+@+$/g, ''), 300));
  const said = lines.filter((line) => line !== '');
  return (said.length > 3 ? [said[0], ...said.slice(-2)] : said).join('; ');
}

/** Why something failed that is not of our making, fit for a terminal. */
export function reasonOf(error: unknown): string {
  // What was tried at several addresses of a name says nothing itself.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ');
  return inOneLine(error instanceof Error ? error.message || error.name : String(error));
}
