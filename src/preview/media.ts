import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MediaFile } from '../markdown/content.ts';

/** Answers a request for an image, a recording or an attachment, ranges included, so that audio can seek. */
export function sendMedia(
  { file, type }: MediaFile,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { size } = statSync(file);
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = Number(asked?.[1] ?? 0);
  const end = Math.min(asked?.[2] ? Number(asked[2]) : size - 1, size - 1);
  response.writeHead(asked ? 206 : 200, {
    'Content-Type': type,
    'Accept-Ranges': 'bytes',
    'Content-Length': end - start + 1,
    ...(asked && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
  });
  createReadStream(file, { start, end }).pipe(response);
}
