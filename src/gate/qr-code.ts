// Loaded on demand.
import { qrCodeOf } from '../text/qr-code.ts';

/** Draws the QR code of a text. */
export function drawCode(text: string): SVGElement {
  const { documentElement } = new DOMParser().parseFromString(qrCodeOf(text), 'image/svg+xml');
  return document.importNode(documentElement as unknown as SVGElement, true);
}
