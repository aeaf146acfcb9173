import type { Bytes } from './bytes.ts';
import { KIND } from './cipher.ts';
import { decompress } from './compression.ts';
import { ENCODING, openEnvelope, sealEnvelope } from './envelope.ts';
import type { ReaderKeys, TierSecrets } from './keys.ts';
import type { SealedFile } from './name.ts';
import { paddedSize } from './padding.ts';
import { checkPath } from './path.ts';

/** The plaintext of a published file: its media type and its bytes. */
export interface Plain {
  type: string;
  bytes: Bytes;
}

/**
 * Seals a page or another small file as one object. Text is compressed first. Equal input gives equal bytes.
 *
 * @param path - the address within the site, such as `/talks/x/`.
 */
export async function sealObject(keys: TierSecrets, path: string, plain: Plain): Promise<SealedFile> {
  checkPath(path);
  const encoding = isText(plain.type) ? ENCODING.deflate : ENCODING.plain;
  const packed = encoding === ENCODING.deflate ? await keys.primitives.compress(plain.bytes) : plain.bytes;
  return sealEnvelope(
    { ...keys, keyId: keys.reader.keyId },
    { kind: KIND.object, path },
    { encoding, size: plain.bytes.length, packed: packed.length, segmentSize: 0, type: plain.type },
    packed,
    paddedSize(packed.length),
  );
}

/**
 * Opens a file made by {@link sealObject}.
 *
 * @param file - with the name that the table gives for the path. The name pins the current version, so that a host
 * can't answer with an older one of the same epoch.
 * @returns null when it was sealed with another key.
 * @throws Error when it is malformed, altered, of another path, or not the file of this name.
 */
export async function openObject(keys: ReaderKeys, path: string, file: SealedFile): Promise<Plain | null> {
  const opened = await openEnvelope(keys, { kind: KIND.object, path }, file);
  if (!opened) return null;
  const { header, body } = opened;
  if (header.segmentSize !== 0) throw new Error('object with segments');
  if (header.encoding === ENCODING.deflate) {
    return { type: header.type, bytes: await decompress(body, header.size) };
  }
  if (header.encoding !== ENCODING.plain) throw new Error(`unknown encoding ${header.encoding}`);
  if (header.size !== header.packed) throw new Error('sizes contradict each other');
  return { type: header.type, bytes: body };
}

function isText(type: string): boolean {
  return /^text\/|^application\/(json|javascript|xml|manifest\+json)\b|\+(json|xml)\b/.test(type);
}
