import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./draw.ts', import.meta.url));

/** Maximum milliseconds to render an SVG; one made to be looked at takes less than a second. */
const PATIENCE = 30_000;

/**
 * Renders an SVG to pixels. Two hundred bytes of SVG can take hours to render, and only killing the process stops it,
 * so it runs in a process of its own.
 *
 * @param density - pixels per inch; at 72 the SVG has its own size
 * @param width - maximum width in pixels
 * @returns a PNG
 * @throws Error when it isn't an SVG, or takes too long
 */
export async function rasterise(
  svg: Uint8Array,
  { density, width }: { density: number; width: number },
  patience = PATIENCE,
): Promise<Buffer> {
  // The SVG can come from anyone, and this process's environment may contain the site's secret.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KB_')));
  const drawing = spawn(process.execPath, [script, String(density), String(width)], {
    env,
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  // Ignore write errors when the process has exited early.
  drawing.stdin.on('error', () => undefined).end(svg);
  const ended = new Promise<number | null>((resolve, reject) => {
    drawing.on('error', reject).on('close', resolve);
  });
  const [png, problem, status] = await Promise.all([buffer(drawing.stdout), text(drawing.stderr), ended]);
  if (status === null) throw new Error(`画了 ${patience / 1000} 秒还没画完：改简单些，或者存成 PNG`);
  if (status !== 0) throw new Error(problem);
  return png;
}
