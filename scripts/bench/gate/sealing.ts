import { createCipheriv, createHash, createSecretKey } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { deriveTierKeys, sealMedia, sealObject, type Bytes } from '../../../src/vault/index.ts';
import { inBatches } from '../../../src/vault/batches.ts';
import { nodePrimitives } from '../../lib/primitives.ts';

const megabyte = 1_000_000;
/** Bytes sealed in each round. The best of the rounds counts. */
const total = 64 * megabyte;
const rounds = 5;

/** What is sealed: recordings, which don't compress, and pages, which compress like HTML. */
const kinds = {
  'recordings of 8 MB': { size: 8 * megabyte, isMedia: true },
  'pages of 40 KB': { size: 40_000, isMedia: false },
};

/**
 * Measures the throughput (MB/s) of sealing as a whole, and of Node's AES-256-GCM alone over the same bytes. Pages are
 * compressed before they are sealed, so the share of that is measured too.
 */
export async function benchSealing(): Promise<Record<string, Record<string, string>>> {
  const secret = new Uint8Array(32).fill(7);
  const keys = await deriveTierKeys(secret, 'members', '0'.repeat(32), nodePrimitives);
  const table: Record<string, Record<string, string>> = {};
  for (const [name, { size, isMedia }] of Object.entries(kinds)) {
    const files = Array.from({ length: total / size }, (_, i) =>
      isMedia ? noise(size, i) : markup(size, i),
    );
    const seal = async () => {
      await inBatches(files, 16, async (bytes, i) => {
        if (isMedia) await sealMedia(keys, `/media/${i}.mp3`, { type: 'audio/mpeg', bytes });
        else await sealObject(keys, `/notes/${i}/`, { type: 'text/html', bytes });
      });
    };
    const ours = await bestOf(seal);
    const bare = await bestOf(() => encryptBare(files));
    table[name] = {
      'sealed MB/s': (total / megabyte / ours).toFixed(0),
      'AES-256-GCM alone MB/s': (total / megabyte / bare).toFixed(0),
      ratio: (ours / bare).toFixed(1),
      'share of zlib': isMedia
        ? 'none'
        : `${((100 * (await bestOf(() => deflate(files)))) / ours).toFixed(0)} %`,
    };
  }
  return table;
}

async function bestOf(run: () => Promise<void> | void): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await run();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

function deflate(files: readonly Bytes[]): void {
  for (const bytes of files) deflateSync(bytes);
}

const key = createSecretKey(Buffer.alloc(32, 1));

/** Encrypts in pieces of a segment's size, each with its own nonce. */
function encryptBare(files: readonly Bytes[]): void {
  for (const bytes of files) {
    for (let offset = 0; offset < bytes.length; offset += 65_536) {
      const nonce = Buffer.alloc(12);
      nonce.writeUInt32BE(offset, 8);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.update(bytes.subarray(offset, offset + 65_536));
      cipher.final();
      cipher.getAuthTag();
    }
  }
}

/** Makes pseudo-random bytes, the same in each run. */
function noise(size: number, seed: number): Bytes {
  const bytes = Buffer.alloc(size);
  createCipheriv('aes-256-ctr', key, Buffer.alloc(16, seed)).update(bytes).copy(bytes);
  return new Uint8Array(bytes);
}

/** Makes HTML with meaningless words, which compresses to about half. */
function markup(size: number, seed: number): Bytes {
  let text = '';
  for (let i = 0; text.length < size; i++) {
    text += `<p class="line">${createHash('sha256').update(`${seed} ${i}`).digest('base64')}</p>\n`;
  }
  return new TextEncoder().encode(text.slice(0, size));
}
