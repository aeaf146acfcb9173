import type { Bytes } from '../vault/index.ts';

const encoder = new TextEncoder();
const tag = encoder.encode('<html');

/**
 * Adds the build number to a page's `<html>` tag, so that the page can notice a newer build later.
 * `<!doctype html><html lang="en">` ⇒ `<!doctype html><html data-build="7" lang="en">`
 */
export function stampBuild(page: Bytes, build: number): Bytes {
  const at = page.subarray(0, 64).findIndex((_, i) => tag.every((byte, j) => page[i + j] === byte));
  if (at < 0) return page;
  const end = at + tag.length;
  const stamp = encoder.encode(` data-build="${build}"`);
  const stamped = new Uint8Array(page.length + stamp.length);
  stamped.set(page.subarray(0, end));
  stamped.set(stamp, end);
  stamped.set(page.subarray(end), end + stamp.length);
  return stamped;
}
