import { open, type FileHandle } from 'node:fs/promises';
import readExif from 'exif-reader';
import sharp from 'sharp';

/**
 * Whether a photo tells where it was taken, in its Exif tags (CIPA DC-008) or in XMP. Tags that can't be read count as
 * telling it. A file that is no picture tells nothing.
 */
export async function isGeotaggedPhoto(file: string): Promise<boolean> {
  const tags = await sharp(file)
    .metadata()
    .catch(() => undefined);
  return hasPlace(tags?.exif) || (tags?.xmp?.includes('GPSLatitude') ?? false);
}

function hasPlace(exif: Buffer | undefined): boolean {
  if (!exif) return false;
  try {
    return readExif(exif).GPSInfo?.GPSLatitude !== undefined;
  } catch {
    return true;
  }
}

/**
 * Whether an MP4 file (also M4A) tells where it was recorded: in QuickTime's `©xyz` or location keys, or in 3GPP's
 * `loci`. A file that is no MP4 tells nothing.
 *
 * @see https://developer.apple.com/documentation/quicktime-file-format/user_data_atoms
 * @see 3GPP TS 26.244, 8.11
 */
export async function isGeotaggedFilm(file: string): Promise<boolean> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const movie = await boxIn(handle, 'moov', { start: 0, end: size });
  const described = movie && (await boxIn(handle, 'udta', movie));
  for (const holder of [movie, described]) {
    const tags = holder && (await boxIn(handle, 'meta', holder));
    if (tags && (await beginningOf(handle, tags)).includes('com.apple.quicktime.location.')) return true;
  }
  if (!described) return false;
  return Boolean((await boxIn(handle, '©xyz', described)) ?? (await boxIn(handle, 'loci', described)));
}

/** Boxes beside each other to look through: a file may consist of millions of empty ones. */
const MOST_BOXES = 1000;

/** A part of a file, in bytes. */
interface Range {
  start: number;
  end: number;
}

/** Reads as much of a part as the names of tags take, which come before their values. */
async function beginningOf(handle: FileHandle, { start, end }: Range): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.min(end - start, 64 * 1024));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

/** Returns the contents of the first box of a type among the boxes in a part of a file. */
async function boxIn(handle: FileHandle, type: string, within: Range): Promise<Range | undefined> {
  const head = Buffer.alloc(16);
  let at = within.start;
  for (let count = 0; count < MOST_BOXES && at + 8 <= within.end; count++) {
    const { bytesRead } = await handle.read(head, 0, 16, at);
    if (bytesRead < 8) return undefined;
    const written = head.readUInt32BE(0);
    // 1 means that 64 bits follow, 0 that the box reaches to the end.
    const size = written === 1 ? Number(head.readBigUInt64BE(8)) : written === 0 ? within.end - at : written;
    const start = at + (written === 1 ? 16 : 8);
    const end = Math.min(at + size, within.end);
    if (end < start) return undefined;
    if (head.toString('latin1', 4, 8) === type) return { start, end };
    at = end;
  }
  return undefined;
}
