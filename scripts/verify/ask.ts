import type { Bytes } from '../../src/vault/index.ts';

/** How long (milliseconds) one answer may take, with all of its bytes. */
const patience = 30_000;

/** More bytes than any file has whose size is not known beforehand; media are cut into segments. */
export const largestFile = 64 * 2 ** 20;

/** What a host answered, none of it to be trusted. */
export interface Answer {
  status: number;
  headers: Headers;
  /** At most as many bytes as were asked for; {@link isWhole} says whether that was all. */
  body: Bytes;
  isWhole: boolean;
}

/**
 * Asks a host for one address. Reads no more than `limit` bytes, follows no redirection, and waits no longer than half a
 * minute.
 *
 * @returns what is wrong, without the address, when there is no answer
 */
export async function ask(url: string, limit: number): Promise<Answer | string> {
  const stop = new AbortController();
  try {
    const { status, headers, body } = await fetch(url, {
      headers: { 'Cache-Control': 'no-cache' },
      redirect: 'manual',
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]),
    });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of body ?? []) {
      parts.push(part);
      size += part.length;
      if (size > limit) break;
    }
    const read = new Uint8Array(Buffer.concat(parts));
    return { status, headers, body: read.subarray(0, limit), isWhole: size <= limit };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return plainly(cause instanceof Error ? cause.message : String(cause));
  } finally {
    stop.abort();
  }
}

/**
 * As {@link ask}, for a file that has to be there.
 *
 * @returns the file, or what is wrong, without the address
 */
export async function askForFile(url: string, limit: number): Promise<Bytes | string> {
  const answer = await ask(url, limit);
  if (typeof answer === 'string') return answer;
  return refusalOf(answer) ?? (answer.isWhole ? answer.body : `is longer than ${limit} bytes`);
}

/** What is wrong with the answer for a file that has to be there, or null. */
export function refusalOf({ status, headers }: Pick<Answer, 'status' | 'headers'>): string | null {
  if (status >= 300 && status < 400) {
    return `the host answers ${status} and sends on to ${plainly(headers.get('Location') ?? 'nowhere')}`;
  }
  return status === 200 ? null : `the host answers ${status}`;
}

/** Reads a site's files from its host. What can't be had is thrown. */
export function readFrom(site: string): (path: string) => Promise<Bytes> {
  return async (path) => {
    const answer = await askForFile(`${site}/${path}`, largestFile);
    if (typeof answer === 'string') throw new Error(`${site}/${path}: ${answer}`);
    return answer;
  };
}

/** What a host said, fit for a terminal: one short line without anything that would steer it. */
export function plainly(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '�').slice(0, 120);
}

/** Whether browsers decrypt at this address: over https, and over http on loopback only. */
export function isSecure(site: string): boolean {
  const { protocol, hostname } = new URL(site);
  return protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
