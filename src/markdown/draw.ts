// Converts an SVG on standard input to a PNG on standard output, in a process of its own: node draw.ts DENSITY WIDTH.
// See ./rasterise.ts.
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { LIMITS } from '../model/limits.ts';

const [density, width] = process.argv.slice(2).map(Number);
try {
  const drawn = await sharp(await buffer(process.stdin), {
    density,
    limitInputPixels: LIMITS.pixels,
    failOn: 'error',
  })
    .resize({ width, withoutEnlargement: true })
    .png()
    .toBuffer();
  process.stdout.write(drawn);
} catch (error) {
  process.stderr.write((error as Error).message);
  process.exitCode = 1;
}
