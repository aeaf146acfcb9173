import { extname } from 'node:path';
import { mediaTypeOf } from '../lib/media-types.ts';

/** Media types of what `public/` and public entries may bring, beside those that a build knows by itself. */
const mediaTypes: Record<string, string> = {
  '.avif': 'image/avif',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.m4a': 'audio/mp4',
  '.md': 'text/markdown; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.otf': 'font/otf',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

/** The Content-Type under which a published file is stored. */
export function publishedTypeOf(path: string): string {
  return mediaTypes[extname(path).toLowerCase()] ?? mediaTypeOf(path);
}

const forEver = 'public, max-age=31536000, immutable';

/** What keeps longer or shorter than the rest, by path, a folder with its `/`. Names used once keep for ever. */
export const caching: Record<string, string> = {
  'o/': forEver,
  'a/': forEver,
  'media/': forEver,
  root: 'no-store',
};

/** For all else: kept, but asked for each time. */
export const usualCaching = 'no-cache';

/** The Cache-Control under which a published file is stored. */
export function cachingOf(path: string): string {
  const [folder] = /^[^/]+\//.exec(path) ?? [];
  return caching[folder ?? path] ?? usualCaching;
}
