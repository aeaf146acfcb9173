// Loaded on demand.
import { encode } from 'uqr';
import { breakLines } from './lines.ts';

/** The content of a quote's picture; nothing else of the piece gets into it. */
export interface QuotePicture {
  text: string;
  /** Who said it, or where it was written; '' when unknown. */
  who: string;
  /** The piece's public address, without a member's key. */
  address: string;
  /** The community's name, seal and tagline, and the text beside the QR code. */
  brand: { name: string; mark: string; tagline: string; scan: string };
}

/** Sizes in pixels: as wide as a phone's screen, and as high as the quote needs, but at least 4:5. */
const WIDTH = 1080;
const LEAST_HEIGHT = 1350;
const MARGIN = 104;
const INNER = WIDTH - 2 * MARGIN;
const CODE = 208;
const LEADING = 1.62;
/** From one line of who said it to the next. */
const BY_LEADING = 52;

/** Light in every theme: a picture looks like paper. */
const { paper: PAPER, ink: INK, seal: SEAL } = __LIGHT__;
const { 'ink-soft': SOFT, 'ink-faint': FAINT, 'rule-strong': RULE } = __LIGHT__;

/**
 * Draws a quote as a picture to share.
 *
 * @returns a PNG image
 * @throws Error when the browser has no canvas
 */
export async function drawPicture({ text, who, address, brand }: QuotePicture): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  const type = pageType();
  const size = sizeFor(text);
  const lines = linesOf(pen, type.serif(size), text, INNER);
  const by = who ? linesOf(pen, type.sans(34), `${type.dash} ${who}`, INNER) : [];
  const more = Math.max(0, by.length - 1) * BY_LEADING;
  const height = Math.max(LEAST_HEIGHT, Math.ceil(lines.length * size * LEADING) + more + 760);
  // Setting the size clears the canvas and resets its drawing state.
  canvas.width = WIDTH;
  canvas.height = height;
  pen.textBaseline = 'middle';
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, WIDTH, height);

  drawHead(pen, type, brand);
  const footTop = height - MARGIN - CODE;
  const block = lines.length * size * LEADING + (who ? 110 + more : 0);
  const top = MARGIN + 64;
  let y = top + (footTop - 64 - top - block) / 2;
  for (const line of lines) {
    write(pen, { font: type.serif(size), colour: INK, line }, MARGIN, y + (size * LEADING) / 2);
    y += size * LEADING;
  }
  by.forEach((line, index) => {
    write(pen, { font: type.sans(34), colour: SOFT, line }, MARGIN, y + 76 + index * BY_LEADING);
  });
  drawFoot(pen, type, { address, brand, top: footTop });

  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

/** The fonts of the page by size in pixels, and its dash in front of a name. */
interface PageType {
  serif: (size: number) => string;
  sans: (size: number) => string;
  dash: string;
}

function pageType(): PageType {
  const style = getComputedStyle(document.documentElement);
  return {
    serif: (size) => `700 ${size}px ${style.getPropertyValue('--serif')}`,
    sans: (size) => `400 ${size}px ${style.getPropertyValue('--sans')}`,
    dash: style.getPropertyValue('--dash').replace(/['"]/g, ''),
  };
}

/** A line of text as it is drawn. */
interface Written {
  font: string;
  colour: string;
  line: string;
}

function write(pen: CanvasRenderingContext2D, { font, colour, line }: Written, x: number, y: number): void {
  pen.font = font;
  pen.fillStyle = colour;
  pen.fillText(line, x, y);
}

/** Breaks a text into lines of at most `width` pixels. */
function linesOf(pen: CanvasRenderingContext2D, font: string, text: string, width: number): string[] {
  pen.font = font;
  return breakLines(text, width, (line) => pen.measureText(line).width);
}

/** Draws the community's seal and name at the top. */
function drawHead(
  pen: CanvasRenderingContext2D,
  type: PageType,
  { mark, name }: QuotePicture['brand'],
): void {
  pen.fillStyle = SEAL;
  pen.fillRect(MARGIN, MARGIN, 64, 64);
  pen.textAlign = 'center';
  const markFont = fitting(pen, type.serif, 34, mark, 52);
  write(pen, { font: markFont, colour: PAPER, line: mark }, MARGIN + 32, MARGIN + 34);
  pen.textAlign = 'start';
  const nameFont = fitting(pen, type.serif, 40, name, INNER - 88);
  write(pen, { font: nameFont, colour: INK, line: name }, MARGIN + 88, MARGIN + 34);
}

/** Returns the font at this size in pixels, or as much smaller as a line needs to fit a width. */
function fitting(
  pen: CanvasRenderingContext2D,
  font: (size: number) => string,
  size: number,
  line: string,
  width: number,
): string {
  pen.font = font(size);
  return font(Math.min(size, (size * width) / pen.measureText(line).width));
}

/** Draws the QR code from `top`, and what it is for beside it. */
function drawFoot(
  pen: CanvasRenderingContext2D,
  type: PageType,
  { address, brand, top }: Pick<QuotePicture, 'address' | 'brand'> & { top: number },
): void {
  pen.fillStyle = RULE;
  pen.fillRect(MARGIN, top - 48, INNER, 2);
  drawCode(pen, address, WIDTH - MARGIN - CODE, top);
  const foot = [
    { font: type.sans(32), colour: INK, text: brand.scan },
    { font: type.sans(26), colour: FAINT, text: brand.tagline },
  ].flatMap(({ font, colour, text }) =>
    linesOf(pen, font, text, INNER - CODE - 48).map((line): Written => ({ font, colour, line })),
  );
  foot.forEach((line, index) => {
    write(pen, line, MARGIN, top + CODE / 2 + (index - (foot.length - 1) / 2) * 52);
  });
}

/** The font size in pixels: the shorter the text, the larger. */
function sizeFor(text: string): number {
  const { length } = text;
  if (length <= 28) return 78;
  if (length <= 60) return 66;
  if (length <= 110) return 56;
  return length <= 200 ? 48 : 42;
}

/** Draws a QR code in whole pixels, because old cameras can't read blurred edges. */
function drawCode(pen: CanvasRenderingContext2D, text: string, left: number, top: number): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const dot = Math.max(3, Math.floor(CODE / size));
  const inset = Math.floor((CODE - dot * size) / 2);
  pen.fillStyle = INK;
  for (const [row, dots] of data.entries()) {
    for (const [column, isDark] of dots.entries()) {
      if (isDark) pen.fillRect(left + inset + column * dot, top + inset + row * dot, dot, dot);
    }
  }
}
