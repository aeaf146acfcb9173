import { readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serve, type Serving } from '../../scripts/lib/serve.ts';

/** A host that a test can disconnect, slow down and make lie. */
export interface PlainHost extends Serving {
  /** Returns the URL of an address within the site, which has no base and is written as people read it: `/search/?q=社群`. */
  at(address: string): string;
  /** URLs requested so far. */
  requests: string[];
  /** Disconnects the host from the network, or reconnects it. */
  cut(isCut: boolean): void;
  /** From now on, answers every request with this status and a page, as a proxy before the host does; 0 ends it. */
  fail(status: number): void;
  /** From now on, serves sealed files with the header that hosts/ sets: browsers may keep them for ever. */
  sayForGood(): void;
  /** From now on, leaves requests for these addresses without an answer; without `addresses`, none. */
  stall(addresses?: RegExp): void;
  /** From now on, delays requests for these addresses. The returned function answers them and ends the delay. */
  hold(addresses: RegExp): () => void;
  /** From now on, answers requests with what `lie` returns; null, or no `lie`, means the truth. */
  lie(lie?: Lie): void;
}

/**
 * Returns what a host sends instead of a file.
 * @param truth - the file
 * @returns null if the host tells the truth
 */
export type Lie = (truth: Uint8Array, url: string) => { type: string; bytes: Uint8Array } | null;

/** Serves a folder like a plain host: no range requests, no headers of its own. Records the requests. */
export async function servePlain(folder: string, base: string): Promise<PlainHost> {
  const requests: string[] = [];
  let isDown = false;
  let failing = 0;
  let isForGood = false;
  let lying: Lie | undefined;
  let stalled: RegExp | undefined;
  let held: { addresses: RegExp; released: Promise<void> } | undefined;
  const waiting = new Set<ServerResponse>();
  const lieAt = (url: string) => {
    const file = join(folder, new URL(url, 'http://host').pathname.slice(base.length));
    return lying && statSync(file, { throwIfNoEntry: false })?.isFile()
      ? lying(readFileSync(file), url)
      : null;
  };
  const serving = await serve({
    folder,
    base,
    port: 0,
    onRequest: (request, response) => {
      requests.push(request.url ?? '');
      if (isForGood && request.url?.startsWith(`${base}/o/`)) {
        response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
      }
      delete request.headers.range;
      if (isDown) request.destroy();
      if (failing > 0) response.writeHead(failing, { 'Content-Type': 'text/html' }).end('<h1>Not now</h1>');
      // Starts a response and never ends it. To the browser, a host that sends nothing at all looks the same.
      if (stalled?.test(request.url ?? '')) {
        response.writeHead(200, { 'Content-Length': '999' }).write('x');
        waiting.add(response);
      }
      if (response.headersSent) return undefined;
      const told = lieAt(request.url ?? '/');
      if (told) response.writeHead(200, { 'Content-Type': told.type }).end(told.bytes);
      else if (held?.addresses.test(request.url ?? '')) return held.released;
      return undefined;
    },
  });
  return {
    ...serving,
    at: (address) => new URL(`.${address}`, serving.url).href,
    requests,
    cut: (isCut) => void (isDown = isCut),
    fail: (status) => void (failing = status),
    sayForGood: () => void (isForGood = true),
    stall: (addresses) => {
      stalled = addresses;
      // A browser opens six connections to a host; stalled ones would be missing later.
      for (const response of waiting) response.destroy();
      waiting.clear();
    },
    hold: (addresses) => {
      let release = (): void => undefined;
      held = { addresses, released: new Promise((resolve) => (release = resolve)) };
      return () => {
        held = undefined;
        release();
      };
    },
    lie: (lie) => void (lying = lie),
  };
}
