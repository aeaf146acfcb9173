import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import type { Plugin } from 'vite';
import { mediaList, readEnvironment } from './environment.ts';
import type { MediaFile } from './markdown/load.ts';

/** Serves images, audio and attachments of entries to the authoring preview, ranges included, so that audio can seek. */
export function previewMedia(): Plugin {
  const environment = readEnvironment();
  return {
    name: 'jinghua:preview-media',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        const media = pathname.includes('/media/') ? find(mediaList(environment), pathname) : undefined;
        if (!media) {
          next();
          return;
        }
        const { size } = statSync(media.file);
        const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
        const start = Number(asked?.[1] ?? 0);
        const end = Math.min(asked?.[2] ? Number(asked[2]) : size - 1, size - 1);
        response.writeHead(asked ? 206 : 200, {
          'Content-Type': media.type,
          'Accept-Ranges': 'bytes',
          'Content-Length': end - start + 1,
          ...(asked && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
        });
        createReadStream(media.file, { start, end }).pipe(response);
      });
    },
  };
}

function find(list: string, pathname: string): MediaFile | undefined {
  if (!existsSync(list)) return undefined;
  const media = JSON.parse(readFileSync(list, 'utf8')) as MediaFile[];
  return media.find(({ path }) => pathname.endsWith(path));
}
