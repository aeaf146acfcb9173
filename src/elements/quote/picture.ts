// Loaded on demand.
import { create } from 'qrcode';
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
  const style = getComputedStyle(document.documentElement);
  const serif = (size: number) => `700 ${size}px ${style.getPropertyValue('--serif')}`;
  const sans = (size: number) => `400 ${size}px ${style.getPropertyValue('--sans')}`;
  const dash = style.getPropertyValue('--dash').replace(/['"]/g, '');

  const size = sizeFor(text);
  pen.font = serif(size);
  const lines = breakLines(text, INNER, (line) => pen.measureText(line).width);
  const height = Math.max(LEAST_HEIGHT, Math.ceil(lines.length * size * LEADING) + 760);
  // Setting the size clears the canvas and resets its drawing state.
  canvas.width = WIDTH;
  canvas.height = height;
  pen.textBaseline = 'middle';
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, WIDTH, height);
  const write = (font: string, colour: string, line: string, x: number, y: number) => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(line, x, y);
  };

  pen.fillStyle = SEAL;
  pen.fillRect(MARGIN, MARGIN, 64, 64);
  pen.textAlign = 'center';
  write(serif(34), PAPER, brand.mark, MARGIN + 32, MARGIN + 34);
  pen.textAlign = 'start';
  write(serif(40), INK, brand.name, MARGIN + 88, MARGIN + 34);

  const codeTop = height - MARGIN - CODE;
  const block = lines.length * size * LEADING + (who ? 110 : 0);
  const top = MARGIN + 64;
  let y = top + (codeTop - 64 - top - block) / 2;
  for (const line of lines) {
    write(serif(size), INK, line, MARGIN, y + (size * LEADING) / 2);
    y += size * LEADING;
  }
  if (who) write(sans(34), SOFT, `${dash} ${who}`, MARGIN, y + 76);

  pen.fillStyle = RULE;
  pen.fillRect(MARGIN, codeTop - 48, INNER, 2);
  drawCode(pen, address, WIDTH - MARGIN - CODE, codeTop);
  const beside = INNER - CODE - 48;
  const foot = [
    { font: sans(32), colour: INK, text: brand.scan },
    { font: sans(26), colour: FAINT, text: brand.tagline },
  ].flatMap(({ font, colour, text }) => {
    pen.font = font;
    return breakLines(text, beside, (line) => pen.measureText(line).width).map((line) => ({
      font,
      colour,
      line,
    }));
  });
  foot.forEach(({ font, colour, line }, index) => {
    write(font, colour, line, MARGIN, codeTop + CODE / 2 + (index - (foot.length - 1) / 2) * 52);
  });

  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
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
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const dot = Math.max(3, Math.floor(CODE / modules.size));
  const inset = Math.floor((CODE - dot * modules.size) / 2);
  pen.fillStyle = INK;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column))
        pen.fillRect(left + inset + column * dot, top + inset + row * dot, dot, dot);
    }
  }
}
