import { type Bytes, concat, uint, utf8 } from './bytes.ts';
import type { Primitives } from './primitives.ts';

/** Bytes that AES-GCM adds to a plaintext. */
export const TAG_SIZE = 16;

/** The kinds of sealed pieces. A number is part of the nonce and the AAD, so it is never reused for another kind. */
export const KIND = {
  object: { header: 1, body: 2 },
  head: { header: 3, body: 4 },
  segment: 5,
  table: { header: 6, body: 7 },
  record: 8,
  ledger: { header: 9, body: 10 },
} as const;

/** Everything, besides its key, that a sealed piece is authenticated with. */
export interface Place {
  kind: number;
  index: number;
  last: boolean;
  /** The unencrypted bytes before the piece; their length is fixed for each kind. */
  clear: Bytes;
  /** Logical path; for a table shard, a record and the ledger the text that FORMAT.md gives. */
  path: string;
}

/** The AES-GCM parameters of a piece: nonce (12 bytes) and additional data. */
export function parametersOf({ kind, index, last, clear, path }: Place) {
  return {
    name: 'AES-GCM',
    // A key seals only one plaintext for each kind and index, so the nonce need not be random.
    iv: concat(uint(kind, 4), uint(index, 8)),
    additionalData: concat(uint(kind, 1), uint(last ? 1 : 0, 1), uint(index, 4), clear, utf8(path)),
  };
}

/** Encrypts with AES-256-GCM. @returns the ciphertext followed by a tag of 16 bytes. */
export async function seal({ encrypt }: Primitives, key: Bytes, place: Place, plain: Bytes): Promise<Bytes> {
  const { iv, additionalData } = parametersOf(place);
  return encrypt(key, iv, additionalData, plain);
}

/** The inverse of {@link seal}. @throws Error when any bit of the bytes or of the place differs. */
export async function unseal(key: CryptoKey, place: Place, sealed: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parametersOf(place), key, sealed));
  } catch (cause) {
    throw new Error('sealed bytes do not authenticate', { cause });
  }
}
