import { extname } from 'node:path';
import { mediaTypeOf } from '../lib/media-types.ts';

/** Media types of what `public/` and public entries may bring, beside those that a build knows by itself. */
const mediaTypes: Record<string, string> = {
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The Content-Type under which a published file is stored. */
export function publishedTypeOf(path: string): string {
  return mediaTypes[extname(path)] ?? mediaTypeOf(path);
}

/** The Cache-Control under which a published file is stored: names used once keep for ever, `root` not at all. */
export function cachingOf(path: string): string {
  if (/^(?:o|a|media)\//.test(path)) return 'public, max-age=31536000, immutable';
  return path === 'root' ? 'no-store' : 'no-cache';
}
