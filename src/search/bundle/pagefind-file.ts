import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** The signature that Pagefind's browser code expects before each file's content. */
const SIGNATURE = Buffer.from('pagefind_dcd');

/** Signs and gzips a file as Pagefind's browser code expects it; the compression runs on another thread. */
export async function pack(content: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await compress(Buffer.concat([SIGNATURE, content]), { level: 9 }));
}
