import { once } from 'node:events';
import { get as getOverHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getOverHttps } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Bytes } from '../../src/vault/index.ts';
import { plainly, reasonOf } from '../lib/plainly.ts';

/** How long an answer may take, in milliseconds, plus one second for each `pace` bytes received. */
const patience = 30_000;
export const pace = 64 * 1024;

/** More bytes than any file whose size is not known beforehand; media are cut into segments. */
export const largestFile = 64 * 2 ** 20;

/** More bytes than `root` has; it names the shards of the tables and of the key store. */
export const largestRoot = 4 * 2 ** 20;

/** The answer of a host, which is not trusted. */
export interface Answer {
  status: number;
  headers: Headers;
  /** At most as many bytes as the limit; {@link isWhole} says whether that was all. */
  body: Bytes;
  isWhole: boolean;
}

/**
 * Requests one address from a host. Reads no more than `limit` bytes, follows no redirection, and waits no longer than
 * half a minute for a host that sends little or nothing.
 *
 * @param patient - how long the answer may take, in milliseconds
 * @returns a description of the problem, without the address, when there is no answer
 */
export async function ask(url: string, limit: number, patient = patience): Promise<Answer | string> {
  const stop = new AbortController();
  const began = Date.now();
  let response: IncomingMessage | undefined;
  let size = 0;
  const tick = setInterval(
    () => {
      if (Date.now() - began > patient + (size / pace) * 1000) stop.abort();
    },
    Math.min(patient, 500),
  );
  try {
    response = await respond(url, stop.signal);
    const encoding = response.headers['content-encoding']?.toLowerCase() ?? 'identity';
    if (encoding !== 'identity' && encoding !== 'gzip') {
      return `is sent as ${plainly(encoding)}, which was not requested`;
    }
    const body: Readable =
      encoding === 'gzip' ? pipeline(response, createGunzip(), () => undefined) : response;
    const parts: Buffer[] = [];
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size > limit) break;
    }
    const read = new Uint8Array(Math.min(size, limit));
    let filled = 0;
    for (const part of parts) {
      read.set(part.subarray(0, limit - filled), filled);
      filled += part.length;
    }
    return { status: response.statusCode!, headers: headersOf(response), body: read, isWhole: size <= limit };
  } catch (error) {
    return stop.signal.aborted ? `no complete answer came within ${seconds(began)} seconds` : reasonOf(error);
  } finally {
    clearInterval(tick);
    // If the response is complete, its connection is reused for the next request.
    if (!response?.complete) stop.abort();
  }
}

const seconds = (began: number) => Math.ceil((Date.now() - began) / 1000);

/**
 * Requests an address and returns the response once its headers have arrived. It doesn't use `fetch`: if a host names
 * six encodings, `fetch` fails with an error that can't be caught and ends this process.
 */
async function respond(url: string, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.startsWith('https:') ? getOverHttps : getOverHttp;
  // As browsers do: a host may keep another file for clients that accept gzip.
  const headers = { 'Accept-Encoding': 'gzip', 'Cache-Control': 'no-cache' };
  const begin = async (options: RequestOptions): Promise<IncomingMessage> => {
    const request = get(url, { headers, signal, ...options });
    try {
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return response;
    } catch (error) {
      // A kept-alive connection may be closed just when it is used again.
      if (request.reusedSocket && !signal.aborted) return await begin({ agent: false });
      throw error;
    } finally {
      // Later errors are reported through the response.
      request.on('error', () => undefined);
    }
  };
  return begin({});
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const pairs = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Headers(pairs);
}

/**
 * As {@link ask}, for a file that has to exist.
 *
 * @returns the file, or a description of the problem, without the address
 */
export async function askForFile(url: string, limit: number): Promise<Bytes | string> {
  return fileIn(await ask(url, limit), limit);
}

/** Returns the file in an answer, or a description of the problem. */
export function fileIn(answer: Answer | string, limit: number): Bytes | string {
  if (typeof answer === 'string') return answer;
  return refusalOf(answer) ?? (answer.isWhole ? answer.body : `is longer than ${limit} bytes`);
}

/** Returns what is wrong with the answer for a file that has to exist, or null. */
export function refusalOf({ status, headers }: Pick<Answer, 'status' | 'headers'>): string | null {
  if (status >= 300 && status < 400) {
    return `the host answers ${status} and redirects to ${plainly(headers.get('Location') ?? 'nowhere')}`;
  }
  return status === 200 ? null : `the host answers ${status}`;
}

/** Whether browsers offer Web Crypto at this address: over https, and over http on loopback only. */
export function isSecure(site: string): boolean {
  const { protocol, hostname } = new URL(site);
  return protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
