import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from '../media-types.ts';
import type { Fault } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { looksActive } from './active.ts';
import { FILMS, isAttachable, isAttachmentName, PHOTOS } from './attachable.ts';
import { Cache, digestOf } from './cache.ts';
import type { FileLink, MediaFile, Picture } from './content.ts';
import { isGeotaggedFilm, isGeotaggedPhoto } from './geotag.ts';
import { peek, readLimited, TooLargeError, type Folder } from './folder.ts';
import { prepareImage } from './images.ts';
import { FAULTS, VIDEO } from './media-faults.ts';
import { isDrawing } from './rasterise.ts';

const KINDS = ['image', 'audio', 'attachment'] as const;

export type MediaKind = (typeof KINDS)[number];

export type Prepared = { picture: Picture } | { link: FileLink } | { fault: Fault };

/** Prepares images, recordings and attachments for publishing, each file only once no matter how often it is used. */
export class MediaStore {
  readonly #folder: Folder;
  readonly #base: string;
  readonly #images: Cache;
  readonly #digests: Cache;
  readonly #prepared = new Map<string, Promise<Prepared>>();
  readonly #published = new Map<string, { file: string; type: string; entries: Set<string> }>();

  constructor(folder: Folder, cache: string, base: string) {
    this.#folder = folder;
    this.#base = base;
    this.#images = new Cache(join(cache, 'images'));
    this.#digests = new Cache(join(cache, 'digests'));
  }

  /** Returns the files that the given entries use, sorted by path. */
  files(live: ReadonlySet<string>): MediaFile[] {
    return [...this.#published]
      .map(([path, { file, type, entries }]) => ({
        path,
        file,
        type,
        entries: [...entries].filter((entry) => live.has(entry)).sort(),
      }))
      .filter(({ entries }) => entries.length > 0)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Whether any entry, published or not, uses a file of the content folder. */
  uses(path: string): boolean {
    return KINDS.some((kind) => this.#prepared.has(`${kind}:${path}`));
  }

  /**
   * Prepares a file of the content folder for an entry. The caller has checked that the path is in the folder's list.
   */
  async prepare(kind: MediaKind, path: string, entry: string): Promise<Prepared> {
    const key = `${kind}:${path}`;
    let prepared = this.#prepared.get(key);
    if (!prepared) {
      prepared = this.#guarded(kind, path);
      this.#prepared.set(key, prepared);
    }
    const result = await prepared;
    for (const address of addressesOf(result)) {
      this.#published.get(decodeURIComponent(address.slice(this.#base.length)))?.entries.add(entry);
    }
    return result;
  }

  async #guarded(kind: MediaKind, path: string): Promise<Prepared> {
    try {
      return kind === 'image' ? await this.#image(path) : await this.#file(kind, path);
    } catch (error) {
      if (error instanceof TooLargeError) return { fault: FAULTS.tooLarge(kind) };
      if (kind === 'image' && VIDEO.test(path)) return { fault: FAULTS.video(basename(path)) };
      if (kind === 'image') return { fault: FAULTS.brokenImage(error instanceof Error ? error.message : '') };
      throw error;
    }
  }

  async #image(path: string): Promise<Prepared> {
    const bytes = readLimited(this.#folder, path, LIMITS.image);
    if (isHeic(bytes)) return { fault: FAULTS.heic };
    const { width, height, hasAlpha, files } = await prepareImage(bytes, this.#images);
    const sources = files.map(({ width: fileWidth, name }) => {
      const src = this.#publish(name, this.#images.path(name), 'image/webp');
      return { src, text: `${src} ${fileWidth}w` };
    });
    return {
      picture: {
        src: sources.at(-1)!.src,
        srcset: sources.map(({ text }) => text).join(', '),
        width,
        height,
        ...(hasAlpha && { 'data-alpha': true }),
      },
    };
  }

  async #file(kind: 'audio' | 'attachment', path: string): Promise<Prepared> {
    const { head, size, stamp } = peek(this.#folder, path, LIMITS.audio);
    const extension = extname(path).slice(1).toLowerCase();
    if (kind === 'audio' && extension !== 'mp3') return { fault: FAULTS.notMp3 };
    if (kind === 'audio' && !isMp3(head)) return { fault: FAULTS.calledMp3 };
    if (kind === 'attachment' && (!isAttachable(extension) || looksActive(head))) {
      return { fault: FAULTS.notAttachable(path) };
    }
    if (kind === 'attachment' && !isAttachmentName(basename(path))) return { fault: FAULTS.oddName };
    if (kind === 'attachment' && size === 0) return { fault: FAULTS.emptyAttachment };
    const file = resolve(this.#folder.root, path);
    // Attachments are published as they are, with all their tags.
    if (
      kind === 'attachment' &&
      PHOTOS.has(extension) &&
      !isDrawing(head) &&
      (await isGeotaggedPhoto(file))
    ) {
      return { fault: FAULTS.geotagged('照片', '手机分享照片时关掉“位置”，或者打开照片截一张图') };
    }
    if (kind === 'attachment' && FILMS.has(extension) && (await isGeotaggedFilm(file))) {
      return { fault: FAULTS.geotagged('文件', '手机分享时关掉“位置”，或者用剪辑软件导出一遍') };
    }
    const digest = await this.#digest(path, stamp);
    const type = mediaTypeOf(path);
    // The last segment of an attachment's address is the name under which browsers save it. A `download` attribute
    // isn't an option: Chromium sends such links past the service worker to the host, which can't answer them.
    const name = kind === 'attachment' ? `/${basename(path)}` : `.${extension}`;
    const src = this.#publish(`${digest.slice(0, 20)}${name}`, file, type);
    return { link: { src, bytes: size } };
  }

  /** Recordings are large, so their digest is cached until the file's size, times or inode change. */
  async #digest(path: string, stamp: string): Promise<string> {
    const file = resolve(this.#folder.root, path);
    const name = `${digestOf(file, stamp).slice(0, 32)}.json`;
    const kept = this.#digests.readJson(name);
    if (typeof kept === 'string') return kept;
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    const digest = hash.digest('hex');
    this.#digests.write(name, JSON.stringify(digest));
    return digest;
  }

  #publish(name: string, file: string, type: string): string {
    const path = `/media/${name}`;
    if (!this.#published.has(path)) {
      this.#published.set(path, { file: resolve(file), type, entries: new Set() });
    }
    return this.#base + path.split('/').map(encodeURIComponent).join('/');
  }
}

function addressesOf(prepared: Prepared): string[] {
  if ('link' in prepared) return [prepared.link.src];
  if ('picture' in prepared)
    return prepared.picture.srcset.split(', ').map((source) => source.split(' ')[0]!);
  return [];
}

/**
 * Whether the bytes begin like an iPhone photo (HEIC): the same container as AVIF, which is fine, but with another
 * codec.
 */
function isHeic(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 4, 64);
  return /^ftyp(?:hei[cmsx]|hev[cmsx])/.test(head) || (/^ftypm[is]f1/.test(head) && !head.includes('avi'));
}

/** Whether the bytes begin like an MP3: with an ID3 tag, or the sync word of an MPEG audio layer III frame. */
function isMp3(head: Buffer): boolean {
  if (head.subarray(0, 3).toString('latin1') === 'ID3') return true;
  return head.length > 2 && head[0] === 0xff && (head[1]! & 0xe6) === 0xe2;
}
