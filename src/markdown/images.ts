import { existsSync } from 'node:fs';
import sharp, { type Metadata } from 'sharp';
import { LIMITS } from '../model/limits.ts';
import { type Cache, digestOf } from './cache.ts';
import { rasterise } from './rasterise.ts';

/** An image ready to publish: one WebP file per width, without metadata. */
export interface PreparedImage {
  /** Intended display size in CSS pixels. */
  width: number;
  height: number;
  /** Narrowest first. */
  files: { width: number; name: string }[];
}

/** Widths in pixels that are made of each image, if it is that wide. */
const WIDTHS = [480, 960, 1600];
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'heif', 'svg'];
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
  const kept = cache.readJson(`${digest}.json`) as PreparedImage | undefined;
  if (kept?.files.every(({ name }) => existsSync(cache.path(name)))) return kept;

  const options = { limitInputPixels: LIMITS.pixels, failOn: 'error' } as const;
  const metadata = await sharp(bytes, options).metadata();
  if (!FORMATS.includes(metadata.format)) throw new Error(`format ${metadata.format}`);
  const { width, height } = sizeOf(metadata);
  const animated = (metadata.pages ?? 1) > 1;
  // An SVG has no pixels of its own: render enough for a high-density screen.
  const density =
    metadata.format === 'svg' ? 72 * Math.min(3, Math.max(1, WIDTHS.at(-1)! / width)) : undefined;
  const available = density === undefined ? width : Math.round((width * density) / 72);
  const targets = widthsFor(available, animated);
  const pixels = density === undefined ? bytes : await rasterise(bytes, { density, width: targets.at(-1)! });

  const prepared: PreparedImage = { width, height, files: [] };
  for (const target of targets) {
    const name = `${digest}-${target}.webp`;
    const output = await sharp(pixels, { ...options, animated })
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

function sizeOf({ autoOrient, width, pageHeight }: Metadata): { width: number; height: number } {
  // The frames of an animation are stacked: use the height of one frame.
  return pageHeight === undefined ? autoOrient : { width, height: pageHeight };
}

function widthsFor(available: number, animated: boolean): number[] {
  const widest = Math.min(available, WIDTHS.at(-1)!);
  if (animated) return [Math.min(widest, 960)];
  return [...WIDTHS.filter((width) => width < widest), widest];
}
