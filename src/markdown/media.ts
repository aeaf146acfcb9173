import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from '../media-types.ts';
import type { Fault } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { looksActive } from './active.ts';
import { Cache, digestOf } from './cache.ts';
import { isGeotaggedFilm, isGeotaggedPhoto } from './geotag.ts';
import { peek, readLimited, TooLargeError, type Folder } from './folder.ts';
import { prepareImage } from './images.ts';
import { isDrawing } from './rasterise.ts';
import type { MediaFile, Picture, Sound } from './content.ts';

const KINDS = ['image', 'audio', 'attachment'] as const;

export type MediaKind = (typeof KINDS)[number];

export type Prepared = { picture: Picture } | { sound: Sound } | { fault: Fault };

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
    return { sound: { src, bytes: size } };
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
  if ('sound' in prepared) return [prepared.sound.src];
  if ('picture' in prepared)
    return prepared.picture.srcset.split(', ').map((source) => source.split(' ')[0]!);
  return [];
}

const VIDEO = /\.(?:mp4|mov|m4v|3gp|avi|mkv|webm|wmv|flv)$/i;
const SOUND = /\.(?:wav|amr|aac|wma|ogg|flac)$/i;

const FAULTS = {
  tooLarge: (kind: MediaKind): Fault =>
    kind === 'image'
      ? {
          rule: 'image-too-large',
          message: `图片超过 ${LIMITS.image / 1024 / 1024} MB`,
          fix: '压缩或裁小以后再放',
        }
      : {
          rule: `${kind}-too-large`,
          message: `文件超过 ${LIMITS.audio / 1024 / 1024} MB`,
          fix: '压缩或拆成几个文件',
        },
  brokenImage: (reason: string): Fault => ({
    rule: 'broken-image',
    message: `图片打不开，${whyUnread(reason)}`,
    fix: '换成能正常打开的 JPEG、PNG、WebP、GIF 或 SVG',
  }),
  heic: {
    rule: 'broken-image',
    message: '图片是 HEIC，苹果手机照片的格式，浏览器打不开',
    fix: '在电脑上打开它，导出成 JPEG 再放；只改扩展名没有用',
  },
  notMp3: { rule: 'audio-type', message: '录音不是 MP3', fix: '转成 MP3（单声道，64 kbit/s 以下）再放' },
  calledMp3: {
    rule: 'audio-type',
    message: '录音的名字是 .mp3，里面不是',
    fix: '用软件转成 MP3（单声道，64 kbit/s 以下）再放；只改扩展名没有用',
  },
  video: (name: string): Fault => {
    const attached = name.replace(VIDEO, '.mp4');
    return {
      rule: 'broken-image',
      message: '这是视频，不是图片',
      fix: `${/\.mp4$/i.test(name) ? '视频不能放在页面里，' : '视频先转成 MP4，再'}作为附件：<Attachment src="./${attached}" title="名字" />`,
    };
  },
  notAttachable: (path: string): Fault => ({
    rule: 'attachment-type',
    message: '这种文件不能作附件',
    fix: VIDEO.test(path)
      ? '视频转成 MP4 再放'
      : SOUND.test(path)
        ? '录音转成 MP3 再放'
        : '换成 PDF、表格、文档、图片或压缩包；网页、SVG、XML、程序和脚本都不行',
  }),
  geotagged: (what: string, how: string): Fault => ({
    rule: 'attachment-place',
    message: `${what}里记着拍摄的地点，谁下载都看得到`,
    fix: `去掉位置再放：${how}`,
  }),
  oddName: {
    rule: 'attachment-name',
    message: '附件的文件名里有特殊字符或不止一个点',
    fix: '文件名只用汉字、字母、数字、空格、横线和括号，最后是一个点和扩展名',
  },
} as const;

/** Explains an error message of sharp or {@link rasterise} to the person who added the image. */
function whyUnread(reason: string): string {
  if (/unsupported image format|^format /.test(reason)) return '里面不是图片，或者是不认得的格式';
  if (reason === 'Input Buffer is empty') return '文件是空的';
  if (reason === 'Input image exceeds pixel limit') return `像素太多，超过 ${LIMITS.pixels / 100_000_000} 亿`;
  if (/^\p{Script=Han}/u.test(reason)) return reason;
  return `数据不完整或者写错了（${reason.split('\n')[0]!}）`;
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

/** File extensions of pictures that may be attached. */
const PHOTOS = new Set(['png', 'jpg', 'jpeg', 'webp', 'gif']);

/** File extensions of MP4 files, with or without a picture. */
const FILMS = new Set(['m4a', 'mp4']);

/**
 * File extensions that may be attached. An allow-list: a host maps more extensions to XML, HTML or programs than anyone
 * can list, and what it serves as such runs in the same origin as the pages.
 */
const ATTACHMENTS = new Set([
  ...['pdf', 'txt', 'csv', 'tsv', 'md', 'rtf', 'epub'],
  ...['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'odt', 'ods', 'odp', 'xmind'],
  ...PHOTOS,
  'mp3',
  ...FILMS,
  ...['zip', '7z', 'rar'],
]);

/** Whether a file of this name may be attached. Its name is the last part of its address. */
export function isAttachmentName(name: string): boolean {
  return PLAIN_NAME.test(name) && isAttachable(extname(name).slice(1).toLowerCase());
}

/** Whether files with this extension (lower case, without the dot) may be attached. */
export function isAttachable(extension: string): boolean {
  return ATTACHMENTS.has(extension);
}

/**
 * Only one dot, because some hosts execute `x.php.csv`; no invisible characters, which could show `fdp.exe` reversed.
 */
const PLAIN_NAME = /^[\p{L}\p{N}][\p{L}\p{N} _()（）·、，&+-]*\.[A-Za-z0-9]+$/u;
