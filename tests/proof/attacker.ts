// An attacker who kept everything that a member ever had, and tries it on whatever is published later. Implements
// FORMAT.md once more, like the audit's decoder, but trusts no name, key id or salt: all that counts is whether a piece
// opens.
import { createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto';
import * as decoder from '../../scripts/audit/decoder/index.ts';

/** A published site: path in `dist/` → bytes. */
export type Published = Map<string, Buffer>;

/** Kinds of sealed headers: object, media head, table shard, ledger. */
const headerKinds = [1, 3, 6, 9];

/** Holds tokens, and every key obtained from what was read so far. */
export class Attacker {
  readonly #tokens: Buffer[] = [];
  /** Keys of all kinds, in hex. */
  readonly #keys = new Set<string>();
  /** Keys of media files, with the salt stored next to them. */
  readonly #fileKeys = new Map<string, { salt: Buffer; key: Buffer }>();

  /** Keeps a token. */
  hold(token: Buffer): void {
    this.#tokens.push(token);
  }

  /** Reads a site with everything held, keeps all keys obtained that way, and returns the files that opened. */
  read(site: Published, paths: string[]): Set<string> {
    for (const token of this.#tokens) this.#unwrap(site, token);
    const opened = new Set<string>();
    for (const [file, bytes] of site) {
      if (!file.startsWith('o/')) continue;
      const openedAs = this.#openEnvelope(bytes, paths);
      if (openedAs) opened.add(file);
      // The body of a media head is the salt and key of its file.
      if (openedAs?.kind === 3) {
        const [salt, key] = [openedAs.body.subarray(0, 32), openedAs.body.subarray(32, 64)];
        this.#fileKeys.set(key.toString('hex'), { salt, key });
      }
    }
    for (const [file, bytes] of site) {
      if (file.startsWith('o/') && this.#openSegment(bytes, paths)) opened.add(file);
    }
    return opened;
  }

  #unwrap(site: Published, token: Buffer): void {
    const { epoch, keystore } = decoder.readRoot(site.get('root')!);
    const shards = keystore.map((name) => ({ name, bytes: site.get(addressOf(name))! }));
    const record = decoder.openKeyRecord(token, epoch, shards);
    if (!record || 'notice' in record) return;
    for (const { content, name, table } of record.keys) {
      for (const key of [content, name, table]) this.#keys.add(key.toString('hex'));
    }
  }

  #openEnvelope(bytes: Buffer, paths: string[]): { kind: number; body: Buffer } | null {
    const [clear, salt] = [bytes.subarray(0, 45), bytes.subarray(13, 45)];
    for (const held of [...this.#keys, ...this.#tokens.map((token) => token.toString('hex'))]) {
      const key = derive(Buffer.from(held, 'hex'), 'jinghua v1 envelope', salt);
      for (const kind of headerKinds) {
        for (const path of paths) {
          if (!decrypt(key, { kind, index: 0, last: true, clear, path }, bytes.subarray(45, 221))) continue;
          const body = decrypt(
            key,
            { kind: kind + 1, index: 0, last: true, clear, path },
            bytes.subarray(221),
          );
          if (!body) throw new Error('a header opens, and its body does not');
          return { kind, body };
        }
      }
    }
    return null;
  }

  #openSegment(bytes: Buffer, paths: string[]): boolean {
    for (const { salt, key: fileKey } of this.#fileKeys.values()) {
      const key = derive(fileKey, 'jinghua v1 segment', salt);
      for (const path of paths) {
        for (const index of [0, 1, 2, 3]) {
          for (const last of [true, false]) {
            if (decrypt(key, { kind: 5, index, last, clear: salt, path }, bytes)) return true;
          }
        }
      }
    }
    return false;
  }
}

interface Place {
  kind: number;
  index: number;
  last: boolean;
  clear: Buffer;
  path: string;
}

function decrypt(key: Buffer, { kind, index, last, clear, path }: Place, sealed: Buffer): Buffer | null {
  if (sealed.length < 16) return null;
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(kind, 0);
  nonce.writeUInt32BE(index, 8);
  const place = Buffer.alloc(6);
  place.writeUInt8(kind, 0);
  place.writeUInt8(last ? 1 : 0, 1);
  place.writeUInt32BE(index, 2);
  const cipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: 16 })
    .setAAD(Buffer.concat([place, clear, Buffer.from(path)]))
    .setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  } catch {
    return null;
  }
}

function derive(source: Buffer, label: string, salt: Buffer): Buffer {
  const info = Buffer.concat([Buffer.of(0, label.length), Buffer.from(label)]);
  return Buffer.from(hkdfSync('sha256', createSecretKey(source), salt, info, 32));
}

/** Returns the path of a sealed file in `dist/`. */
export function addressOf(name: string): string {
  return `o/${name.slice(0, 2)}/${name}`;
}
