import { guards } from '../../src/gate/policy.ts';
import { mediaTypeOf } from '../../src/media-types.ts';
import { plainly } from '../lib/plainly.ts';
import type { Answer } from './ask.ts';

/**
 * Headers with which a host could send a visitor elsewhere, hand out the source code of scripts, or delete what members
 * keep on their devices: keys, downloads and marks.
 */
const unwanted = ['Refresh', 'SourceMap', 'X-SourceMap', 'Clear-Site-Data'];

/** Media types that a browser renders as a page, or runs. */
const active = /^(text\/(html|xml)|application\/(xhtml\+)?xml|image\/svg\+xml)$|script$/;

/**
 * The longest time (seconds) that a page, the worker or `root` may be cached: only after it, a removed member is shut
 * out.
 */
const keptAtMost = 86_400;

/**
 * Returns what is wrong with the headers of a file.
 *
 * @returns texts to be read after the address; a guard that is not sent is no problem, see {@link missingGuards}
 */
export function headerFindings(file: string, { headers }: Pick<Answer, 'headers'>): string[] {
  const findings: string[] = [];
  for (const [name, value] of Object.entries(guards)) {
    const sent = headers.get(name);
    if (sent !== null && sent.toLowerCase() !== value.toLowerCase()) {
      findings.push(`sends a ${name} other than the site’s: ${plainly(sent)}`);
    }
  }
  for (const name of unwanted) {
    const sent = headers.get(name);
    if (sent !== null) findings.push(`sends ${name}: ${plainly(sent)}`);
  }
  const sent = essence(headers.get('Content-Type'));
  if (!fits(sent, essence(mediaTypeOf(file)))) findings.push(`is served as ${plainly(sent) || 'nothing'}`);
  const kept = secondsKept(headers.get('Cache-Control') ?? '');
  if (mustBeFresh(file) && kept > keptAtMost) findings.push(`may be cached for ${kept} seconds`);
  return findings;
}

/**
 * Returns the guards that a host doesn't send. Pages carry them in a meta tag, where some of them are less effective.
 */
export function missingGuards({ headers }: Pick<Answer, 'headers'>): string[] {
  return Object.keys(guards).filter((name) => !headers.has(name));
}

function fits(sent: string, expected: string): boolean {
  if (expected.endsWith('/javascript')) return /^(text|application)\/(x-)?javascript$/.test(sent);
  if (expected === 'application/xml') return sent === expected || sent === 'text/xml';
  if (active.test(expected) || expected === 'text/css') return sent === expected;
  return !active.test(sent);
}

const essence = (type: string | null) => (type ?? '').split(';')[0]!.trim().toLowerCase();

const mustBeFresh = (file: string) => file === 'root' || file === 'sw.js' || file.endsWith('.html');

function secondsKept(cacheControl: string): number {
  if (/\bno-(cache|store)\b/i.test(cacheControl)) return 0;
  const ages = [...cacheControl.matchAll(/\b(?:s-maxage|max-age)\s*=\s*"?(\d+)/gi)];
  return Math.max(0, ...ages.map(([, seconds]) => Number(seconds)));
}
