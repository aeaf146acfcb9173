import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { listFiles } from '../../lib/folder.ts';

/** Measures the gzipped bytes of a door: the page, what it loads immediately, and what it loads only when needed. */
export function benchDoor(dist: string): Record<string, Record<string, number>> {
  const page = doorOf(dist);
  const teased = largestDoor(dist);
  const html = readFileSync(join(dist, page), 'utf8');
  const scripts = new Set<string>();
  const later = new Set<string>();
  for (const [, file = ''] of html.matchAll(/<script[^>]* src="\/([^"]+)"/g))
    follow(dist, file, scripts, later);
  const styles = [...html.matchAll(/<link rel="stylesheet" href="\/([^"]+)"/g)].map(([, file = '']) => file);
  const sum = (files: Iterable<string>) =>
    [...files].reduce(
      (bytes, file) => bytes + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
      0,
    );
  const onDemand = [...later].filter((file) => !scripts.has(file));
  return {
    page: { files: 1, 'bytes gzipped': sum([page]) },
    scripts: { files: scripts.size, 'bytes gzipped': sum(scripts) },
    'page and scripts': { files: 1 + scripts.size, 'bytes gzipped': sum([page, ...scripts]) },
    'largest page with a teaser, and scripts': {
      files: 1 + scripts.size,
      'bytes gzipped': sum([teased, ...scripts]),
    },
    'style sheets of every page': { files: styles.length, 'bytes gzipped': sum(styles) },
    'scripts loaded when needed': { files: onDemand.length, 'bytes gzipped': sum(onDemand) },
  };
}

/**
 * Returns a path of the plain door: of all pages, the one with the same bytes at most addresses. Takes that of a
 * discussion.
 */
export function doorOf(dist: string): string {
  const at = new Map<string, string[]>();
  for (const file of listFiles(dist)) {
    if (!file.endsWith('/index.html')) continue;
    const html = readFileSync(join(dist, file), 'utf8');
    at.set(html, [...(at.get(html) ?? []), file]);
  }
  return [...at.values()]
    .reduce((most, files) => (files.length > most.length ? files : most))
    .find((file) => file.startsWith('discussions/'))!;
}

/** Returns the largest door, one with a teaser if there are any. */
function largestDoor(dist: string): string {
  const sizes = listFiles(dist)
    .filter((file) => file.endsWith('.html'))
    .map((file) => [file, readFileSync(join(dist, file))] as const)
    .filter(([, html]) => /<gate-door[^>]* data-page/.test(html.toString()))
    .map(([file, html]) => [file, gzipSync(html, { level: 9 }).length] as const);
  return sizes.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

/** Follows the imports of a script: static ones are added to `now`, dynamic ones to `later`. */
function follow(dist: string, file: string, now: Set<string>, later: Set<string>): void {
  if (now.has(file)) return;
  now.add(file);
  const text = readFileSync(join(dist, file), 'utf8');
  const resolve = (name: string) => join(dirname(file), name);
  for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)) {
    follow(dist, resolve(name), now, later);
  }
  for (const [, name = ''] of text.matchAll(/\bimport\(\s*["'`](\.[^"'`]+\.js)["'`]\s*\)/g)) {
    follow(dist, resolve(name), later, later);
  }
}
