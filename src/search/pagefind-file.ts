import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** What Pagefind's browser half expects before each file's content. */
const SIGNATURE = Buffer.from('pagefind_dcd');

/** A file as Pagefind's browser half takes it: signed and gzipped, on another thread. */
export async function pack(content: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await compress(Buffer.concat([SIGNATURE, content]), { level: 9 }));
}
