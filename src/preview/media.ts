import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { MediaFile } from '../markdown/content.ts';
import { parseRange } from '../worker/range.ts';

/** Answers a request for an image, a recording or an attachment, ranges included, so that audio can seek. */
export function sendMedia(
  { file, type }: MediaFile,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { size } = statSync(file);
  const range = parseRange(request.headers.range ?? null, size);
  const headers = { 'Content-Type': type, 'Accept-Ranges': 'bytes' };
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'Content-Length': end - start + 1,
    ...(range && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
  });
  if (size === 0) response.end();
  // The writer may remove the file meanwhile, or the reader go elsewhere.
  else pipeline(createReadStream(file, { start, end }), response, () => undefined);
}
