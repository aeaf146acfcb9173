import { concat } from '../vault/bytes.ts';
import type { Bytes } from '../vault/index.ts';
import { sleep } from './sleep.ts';

/** Each so many bytes that arrive extend a download's time limit by one second. */
const pace = 256;
/** When the host last sent anything (milliseconds, of `performance.now()`). */
let heardAt = -Infinity;

/**
 * Fetches a file to its end, and aborts when the host stops sending. Without that, a host that falls silent would block
 * the page, and every other request for the same file, for ever.
 *
 * @param silence - time limit in milliseconds, which arriving bytes extend
 * @returns the response and its bytes, which are empty unless the status is ok
 */
export async function fetchWhole(
  asked: RequestInfo,
  options: RequestInit,
  silence: number,
): Promise<{ response: Response; bytes: Bytes }> {
  const began = performance.now();
  const stop = new AbortController();
  let size = 0;
  const tick = setInterval(() => {
    if (performance.now() - began > silence + (size / pace) * 1000) stop.abort();
  }, 500);
  try {
    const response = await fetch(asked, { ...options, signal: stop.signal });
    heardAt = performance.now();
    const parts: Bytes[] = [];
    const reader = response.ok ? response.body?.getReader() : undefined;
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      heardAt = performance.now();
      parts.push(read.value);
      size += read.value.length;
    }
    return { response, bytes: concat(...parts) };
  } finally {
    clearInterval(tick);
  }
}

/** Resolves once, from now on, no file has sent a byte for the given number of milliseconds. */
export async function untilSilent(milliseconds: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const left = Math.max(began, heardAt) + milliseconds - performance.now();
    if (left <= 0) return;
    await sleep(left);
  }
}
