import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./draw.ts', import.meta.url));

/** Maximum milliseconds to render an SVG; one made to be looked at takes less than a second. */
const PATIENCE = 30_000;

/** A rendered SVG. */
export interface Drawing {
  /** Its own size in CSS pixels. */
  width: number;
  height: number;
  /** The width in pixels that a high-density screen can show, which may be more than was asked for. */
  available: number;
  png: Buffer;
}

/**
 * How JPEG, PNG, GIF, WebP and the container of AVIF begin, and XML can't. The container begins with the size of its
 * first part; with any four bytes there, `<!--ftyp--><svg>` would pass for AVIF.
 */
const PIXELS = /^(?:\xff\xd8\xff|\x89PNG|GIF8|RIFF.{4}WEBP|\0\0.{2}ftyp)/s;

/** Whether the bytes are an SVG if they are a picture at all, so that they may only be opened by {@link rasterise}. */
export function isDrawing(bytes: Uint8Array): boolean {
  return !PIXELS.test(Buffer.from(bytes.subarray(0, 12)).toString('latin1'));
}

/**
 * Renders an SVG to pixels. Two hundred bytes of SVG can take hours to render, or to measure if it doesn't name its
 * size, and only killing the process stops that, so it runs in a process of its own.
 *
 * @param widest - maximum width in pixels
 * @throws Error when it isn't an SVG, or takes too long
 */
export async function rasterise(svg: Uint8Array, widest: number, patience = PATIENCE): Promise<Drawing> {
  // The SVG can come from anyone, and this process's environment may contain the site's secret.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KB_')));
  const drawing = spawn(process.execPath, [script, String(widest)], {
    env,
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  // Ignore write errors when the process has exited early.
  drawing.stdin.on('error', () => undefined).end(svg);
  const ended = new Promise<number | null>((resolve, reject) => {
    drawing.on('error', reject).on('close', resolve);
  });
  const [output, problem, status] = await Promise.all([buffer(drawing.stdout), text(drawing.stderr), ended]);
  if (status === null) throw new Error(`画了 ${patience / 1000} 秒还没画完：改简单些，或者存成 PNG`);
  if (status !== 0) throw new Error(problem);
  const end = output.indexOf('\n');
  const sizes = JSON.parse(output.toString('utf8', 0, end)) as Omit<Drawing, 'png'>;
  return { ...sizes, png: output.subarray(end + 1) };
}
