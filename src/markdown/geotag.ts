import readExif from 'exif-reader';
import sharp from 'sharp';

/**
 * Whether a photo tells where it was taken, in its Exif tags (CIPA DC-008) or in XMP. Tags that can't be read count as
 * telling it. A file that is no picture tells nothing.
 */
export async function isGeotagged(file: string): Promise<boolean> {
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
