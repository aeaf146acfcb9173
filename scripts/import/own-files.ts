import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import sharp from 'sharp';
import { isDrawing, rasterise } from '../../src/markdown/rasterise.ts';
import { isAttachable } from '../../src/markdown/attachable.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { isWithin } from '../lib/folder.ts';

const PICTURE = /\.(?:jpe?g|png|webp|gif|svg)$/i;

/** How pictures begin that a browser has saved without an extension: those of a WeChat article are `640`, `640(1)`, …. */
const BEGINNINGS: [bytes: RegExp, extension: string][] = [
  [/^\x89PNG/, 'png'],
  [/^\xff\xd8\xff/, 'jpg'],
  [/^GIF8/, 'gif'],
  [/^RIFF.{4}WEBP/s, 'webp'],
];

/** Whether an address is that of a picture in a document's folder. */
export function isPictureBeside(document: string, url: string): boolean {
  return new OwnFiles(document, new Map()).picture(url) !== undefined;
}

/** The pictures and attachments of a document, under new names. */
export class OwnFiles {
  /** Name beside the entry → bytes. */
  readonly files = new Map<string, Uint8Array>();
  readonly #document: string;
  readonly #pictures: ReadonlyMap<string, Uint8Array>;

  /**
   * @param document - path of the document
   * @param pictures - its embedded pictures by the address that they have in the tree
   */
  constructor(document: string, pictures: ReadonlyMap<string, Uint8Array>) {
    this.#document = document;
    this.#pictures = pictures;
  }

  /**
   * Adds a picture: one embedded in the document, one in its address (`data:`), or one from the document's folder.
   *
   * @returns its name beside the entry; `undefined` if there is none, or it is too large
   */
  picture(url: string): string | undefined {
    const written = extname(decoded(pathIn(url)));
    const mayBePicture = written === '' || PICTURE.test(written);
    const bytes =
      this.#pictures.get(url) ??
      inAddress(url) ??
      (mayBePicture ? this.#nearby(url, LIMITS.image) : undefined);
    if (bytes === undefined || bytes.length > LIMITS.image) return undefined;
    const extension = /^data:image\/(\w+)/.exec(url)?.[1] ?? (written.slice(1) || extensionOf(bytes));
    if (extension === undefined) return undefined;
    return this.#keep('image', bytes, extension.toLowerCase().replace('jpeg', 'jpg'));
  }

  /** Adds a file that a link leads to, from the document's folder. */
  attachment(url: string): string | undefined {
    const extension = extname(pathIn(url)).slice(1).toLowerCase();
    if (['md', 'html', 'htm'].includes(extension) || !isAttachable(extension)) return undefined;
    const bytes = this.#nearby(url, LIMITS.audio);
    return bytes && this.#keep('file', bytes, extension);
  }

  /** Removes pictures that can't be opened, and returns their names. */
  async withoutBroken(): Promise<Set<string>> {
    const broken = new Set<string>();
    for (const [name, bytes] of this.files) {
      if (!name.startsWith('image-')) continue;
      const opening: Promise<unknown> = isDrawing(bytes)
        ? rasterise(bytes, 1)
        : sharp(bytes, { limitInputPixels: LIMITS.pixels }).metadata();
      await opening.catch(() => broken.add(name));
    }
    for (const name of broken) this.files.delete(name);
    return broken;
  }

  #keep(kind: string, bytes: Uint8Array, extension: string): string {
    for (const [name, known] of this.files) if (Buffer.compare(known, bytes) === 0) return name;
    const name = `${kind}-${this.files.size + 1}.${extension}`;
    this.files.set(name, bytes);
    return name;
  }

  /** @param most - the size limit in bytes; a larger file is not read */
  #nearby(url: string, most: number): Uint8Array | undefined {
    const path = decoded(pathIn(url));
    if (/^[a-z]+:/i.test(url)) return undefined;
    const folder = dirname(this.#document);
    const file = join(folder, path);
    const state = existsSync(file) ? statSync(file) : undefined;
    if (!state?.isFile() || state.size > most) return undefined;
    // An export may name any file of this machine; only those in its own folder are read.
    return isWithin(realpathSync(file), realpathSync(folder)) ? readFileSync(file) : undefined;
  }
}

function extensionOf(bytes: Uint8Array): string | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return BEGINNINGS.find(([pattern]) => pattern.test(beginning))?.[1];
}

const pathIn = (url: string) => url.replace(/[?#].*$/s, '');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A name that nobody has encoded: `增长100%.png`.
    return path;
  }
}

function inAddress(url: string): Uint8Array | undefined {
  const data = /^data:image\/[\w.+-]+;base64,(.+)$/s.exec(url)?.[1];
  return data === undefined ? undefined : Buffer.from(data, 'base64');
}
