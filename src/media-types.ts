import { extname } from 'node:path';

const text = (subtype: string) => `text/${subtype}; charset=utf-8`;

/** Media types of everything that is published or sealed, by file extension. Add new kinds of files here. */
const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.css': text('css'),
  '.csv': text('csv'),
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.html': text('html'),
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': text('javascript'),
  '.json': 'application/json',
  '.m4a': 'audio/mp4',
  '.md': text('markdown'),
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.otf': 'font/otf',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.ppt': 'application/vnd.ms-powerpoint',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': text('plain'),
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

/** Returns a file's media type by its extension, ignoring case; `application/octet-stream` for an unknown one. */
export function mediaTypeOf(name: string): string {
  return TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
}
