import { type Bytes, concat, uint, utf8 } from './bytes.ts';
import type { Primitives } from './primitives.ts';

/** What AES-GCM adds to a plaintext. */
export const TAG_SIZE = 16;

/** What a sealed piece is. A number is never given to a second kind: it stands in nonce and AAD. */
export const KIND = {
  object: { header: 1, body: 2 },
  head: { header: 3, body: 4 },
  segment: 5,
  table: { header: 6, body: 7 },
  record: 8,
  ledger: { header: 9, body: 10 },
} as const;

/** Everything that a piece is bound to beside its key. */
export interface Place {
  kind: number;
  index: number;
  last: boolean;
  /** What stands readable before the piece; its length is fixed for each kind. */
  clear: Bytes;
  /** Logical path; for a table shard and the ledger the words that FORMAT.md gives. */
  path: string;
}

/** What AES-GCM takes beside key and plaintext. */
export function parametersOf({ kind, index, last, clear, path }: Place) {
  return {
    name: 'AES-GCM',
    // A key seals one plaintext of each kind and index, so the nonce need not be random.
    iv: concat(uint(kind, 4), uint(index, 8)),
    additionalData: concat(uint(kind, 1), uint(last ? 1 : 0, 1), uint(index, 4), clear, utf8(path)),
  };
}

/** AES-256-GCM: the ciphertext followed by a tag of 16 bytes. */
export async function seal({ encrypt }: Primitives, key: Bytes, place: Place, plain: Bytes): Promise<Bytes> {
  const { iv, additionalData } = parametersOf(place);
  return encrypt(key, iv, additionalData, plain);
}

/** The inverse of {@link seal}. @throws Error when a bit differs, of the bytes or of the place. */
export async function unseal(key: CryptoKey, place: Place, sealed: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parametersOf(place), key, sealed));
  } catch (cause) {
    throw new Error('sealed bytes do not authenticate', { cause });
  }
}
