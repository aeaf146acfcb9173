// Loaded on demand.
import { toString } from 'qrcode';

/** Draws a QR code of a text. It is dark on light in every theme, because not every camera reads an inverted one. */
export async function drawCode(text: string): Promise<SVGElement> {
  const source = await toString(text, { type: 'svg', margin: 3, errorCorrectionLevel: 'M' });
  const { documentElement } = new DOMParser().parseFromString(source, 'image/svg+xml');
  return document.importNode(documentElement as unknown as SVGElement, true);
}
