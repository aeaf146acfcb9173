import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./draw.ts', import.meta.url));

/** How long (milliseconds) a drawing may take at most; one that is meant to be seen takes less than a second. */
const PATIENCE = 30_000;

/**
 * Draws an SVG as pixels. Two hundred bytes can ask for hours, and nothing stops a drawing that has begun but the end of
 * its process: so it has one of its own.
 *
 * @param density - pixels an inch, of which the drawing takes 72 for its own size
 * @param width - pixels that are enough
 * @returns a PNG
 * @throws Error when it is no drawing, or takes too long
 */
export async function rasterise(
  svg: Uint8Array,
  { density, width }: { density: number; width: number },
  patience = PATIENCE,
): Promise<Buffer> {
  // What it draws may be anybody's, and the site's secret may be in our environment.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KB_')));
  const drawing = spawn(process.execPath, [script, String(density), String(width)], {
    env,
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  // One that has ended early reads no more.
  drawing.stdin.on('error', () => undefined).end(svg);
  const ended = new Promise<number | null>((resolve, reject) => {
    drawing.on('error', reject).on('close', resolve);
  });
  const [png, problem, status] = await Promise.all([buffer(drawing.stdout), text(drawing.stderr), ended]);
  if (status === null) throw new Error(`画了 ${patience / 1000} 秒还没画完：改简单些，或者存成 PNG`);
  if (status !== 0) throw new Error(problem);
  return png;
}
