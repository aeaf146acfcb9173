import { extname } from 'node:path';

/** The media types of all that a build publishes or seals, by file name ending; a new kind of file has to be added here. */
const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** The media type of a page or script by its name; what has no name of its own is bytes. */
export function mediaTypeOf(name: string): string {
  return mediaTypes[extname(name)] ?? 'application/octet-stream';
}
