import { existsSync } from 'node:fs';
import sharp, { type Metadata } from 'sharp';
import { LIMITS } from '../model/limits.ts';
import { type Cache, digestOf } from './cache.ts';
import { isDrawing, rasterise } from './rasterise.ts';

/** An image ready to publish: one WebP file per width, without metadata. */
export interface PreparedImage {
  /** Intended display size in CSS pixels. */
  width: number;
  height: number;
  /** Whether the page can show through it. */
  hasAlpha: boolean;
  /** Narrowest first. */
  files: { width: number; name: string }[];
}

const OPTIONS = { limitInputPixels: LIMITS.pixels, failOn: 'error' } as const;
/** Widths in pixels that are made of each image, if it is that wide. */
const WIDTHS = [480, 960, 1600];
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'heif'];
const QUALITY = 80;
/** Part of each file's name, because the content of a published file must never change. */
const SETTINGS = JSON.stringify([WIDTHS, QUALITY, sharp.versions.sharp, sharp.versions.vips, 2]);

/**
 * Resizes an image and converts it to WebP. Handles animations, rasterises SVG, applies the EXIF orientation and drops
 * all metadata. The files are stored in the cache under their public names.
 * @throws Error when the bytes aren't an image in a known format
 */
export async function prepareImage(bytes: Buffer, cache: Cache): Promise<PreparedImage> {
  const digest = digestOf(bytes, SETTINGS).slice(0, 20);
  const kept = cache.readJson(`${digest}.json`) as Partial<PreparedImage> | undefined;
  if (isWhole(kept) && kept.files.every(({ name }) => existsSync(cache.path(name)))) return kept;

  const { width, height, hasAlpha, pixels, targets, animated } = await open(bytes);
  const prepared: PreparedImage = { width, height, hasAlpha, files: [] };
  for (const target of targets) {
    const name = `${digest}-${target}.webp`;
    const output = await sharp(pixels, { ...OPTIONS, animated })
      .autoOrient()
      .resize({ width: target, withoutEnlargement: true })
      .webp({ quality: QUALITY, effort: animated ? 2 : 4 })
      .toBuffer();
    cache.write(name, output);
    prepared.files.push({ width: target, name });
  }
  cache.write(`${digest}.json`, JSON.stringify(prepared));
  return prepared;
}

/** Whether this version wrote it; earlier ones didn't note `hasAlpha`. */
function isWhole(kept: Partial<PreparedImage> | undefined): kept is PreparedImage {
  return kept?.hasAlpha !== undefined;
}

/** Returns the size of an image, its pixels as a file that sharp reads, and the widths to make of it. */
async function open(bytes: Buffer) {
  if (isDrawing(bytes)) {
    const { width, height, available, png } = await rasterise(bytes, WIDTHS.at(-1)!);
    const targets = widthsFor(available, false);
    return { width, height, hasAlpha: true, pixels: png, targets, animated: false };
  }
  const metadata = await sharp(bytes, OPTIONS).metadata();
  if (!FORMATS.includes(metadata.format)) throw new Error(`format ${metadata.format}`);
  const size = sizeOf(metadata);
  const animated = (metadata.pages ?? 1) > 1;
  const targets = widthsFor(size.width, animated);
  return { ...size, hasAlpha: metadata.hasAlpha, pixels: bytes, targets, animated };
}

function sizeOf({ autoOrient, width, pageHeight }: Metadata): { width: number; height: number } {
  // The frames of an animation are stacked: use the height of one frame.
  return pageHeight === undefined ? autoOrient : { width, height: pageHeight };
}

function widthsFor(available: number, animated: boolean): number[] {
  const widest = Math.min(available, WIDTHS.at(-1)!);
  if (animated) return [Math.min(widest, 960)];
  return [...WIDTHS.filter((width) => width < widest), widest];
}
