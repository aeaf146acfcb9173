import { readFileSync } from 'node:fs';
import type { PageTime } from './report.ts';

/** Reads from Astro's log how long each page took: `├─ /talks/x/index.html (+12ms)`. */
export function readPageTimes(log: string): PageTime[] {
  // eslint-disable-next-line no-control-regex -- Astro colours its log
  const text = readFileSync(log, 'utf8').replace(/\u001b\[[\d;]*m/g, '');
  return [...text.matchAll(/[├└]─ (\/\S*) \(\+([\d.]+)(ms|s)\)/g)].map(([, path = '', time, unit]) => ({
    path: path.replace(/index\.html$/, ''),
    milliseconds: Number(time) * (unit === 's' ? 1000 : 1),
  }));
}
