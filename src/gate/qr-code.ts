// Loaded only when somebody asks for it.
import { toString } from 'qrcode';

/** A QR code of a text: dark on light whatever the theme, because not every camera reads it the other way round. */
export async function drawCode(text: string): Promise<SVGElement> {
  const source = await toString(text, { type: 'svg', margin: 3, errorCorrectionLevel: 'M' });
  const { documentElement } = new DOMParser().parseFromString(source, 'image/svg+xml');
  return document.importNode(documentElement as unknown as SVGElement, true);
}
