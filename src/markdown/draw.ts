// Converts an SVG on standard input to a PNG on standard output, below a line of JSON with its sizes, in a process of its
// own: node draw.ts WIDEST. See ./rasterise.ts.
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { LIMITS } from '../model/limits.ts';
import type { Drawing } from './rasterise.ts';

const widest = Number(process.argv[2]);
try {
  const bytes = await buffer(process.stdin);
  const options = { limitInputPixels: LIMITS.pixels, failOn: 'error' } as const;
  const { format, width, height } = await sharp(bytes, options).metadata();
  if (format !== 'svg') throw new Error(`format ${format}`);
  // It has no pixels of its own: draw enough for a high-density screen.
  const density = 72 * Math.min(3, Math.max(1, widest / width));
  const drawn: Omit<Drawing, 'png'> = { width, height, available: Math.round((width * density) / 72) };
  const png = await sharp(bytes, { ...options, density })
    .resize({ width: Math.min(drawn.available, widest), withoutEnlargement: true })
    .png()
    .toBuffer();
  process.stdout.write(`${JSON.stringify(drawn)}\n`);
  process.stdout.write(png);
} catch (error) {
  process.stderr.write((error as Error).message);
  process.exitCode = 1;
}
