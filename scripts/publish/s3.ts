import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type _Object,
} from '@aws-sdk/client-s3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { mediaTypeOf } from '../../src/media-types.ts';
import type { Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import { plainly, reasonOf } from '../lib/plainly.ts';
import { largestFile } from '../verify/ask.ts';
import { cachingOf } from './headers.ts';
import { Intake, largestListing, longWork, mostFiles } from './intake.ts';
import type { Stored, Target } from './target.ts';

/** How many requests run at a time. */
const atOnce = 16;

/**
 * Opens S3-compatible storage.
 *
 * @param url - `s3://BUCKET[/PREFIX][?endpoint=URL&region=NAME&path-style=true]`
 * @param quiet - a request fails after this many milliseconds without a byte
 * @throws CommandError when the address is malformed
 */
export function openBucket(url: string, quiet = 30_000): Target {
  return new Bucket(url, quiet);
}

class Bucket implements Target {
  readonly name: string;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #client: S3Client;
  readonly #quiet: number;

  constructor(url: string, quiet: number) {
    const { bucket, prefix, client } = readAddress(url, quiet);
    this.name = `s3://${bucket}/${prefix}`;
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#client = client;
    this.#quiet = quiet;
  }

  list(below: string): Promise<Map<string, Stored>> {
    return this.#listed(below, ({ Size = 0, ETag = '' }) => {
      // Encrypted and multipart objects have another kind of ETag; such a file counts as changed.
      const md5 = /^"?([0-9a-f]{32})"?$/.exec(ETag)?.[1];
      return { size: Size, ...(md5 && { md5 }) };
    });
  }

  times(below: string): Promise<Map<string, number>> {
    // Every store sends the time; a file without one counts as just written.
    return this.#listed(below, ({ LastModified = new Date() }) => LastModified.getTime());
  }

  read(path: string): Promise<Bytes | null> {
    return this.#explain(async () => {
      try {
        const { Body } = await this.#client.send(new GetObjectCommand(this.#object(path)));
        return Body ? new Uint8Array(await buffer(Body as Readable)) : null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    });
  }

  write(folder: string, paths: string[], arrived?: () => void): Promise<void> {
    return this.#explain(() =>
      forEach(paths, async (path) => {
        await this.#client.send(
          new PutObjectCommand({
            ...this.#object(path),
            Body: readFileSync(join(folder, path)),
            ContentType: mediaTypeOf(path),
            CacheControl: cachingOf(path),
          }),
        );
        arrived?.();
      }),
    );
  }

  remove(paths: string[]): Promise<void> {
    return this.#explain(() =>
      // One by one: not every store supports the checksums that a batch needs.
      forEach(paths, async (path) => {
        await this.#client.send(new DeleteObjectCommand(this.#object(path)));
      }),
    );
  }

  /** Returns what `describe` says of each file whose path starts with `below`. */
  #listed<T>(below: string, describe: (object: _Object) => T): Promise<Map<string, T>> {
    return this.#explain(async () => {
      const files = new Map<string, T>();
      const request = { Bucket: this.#bucket, Prefix: this.#prefix + below };
      // A store may name no file in a page, and yet promise another page.
      const names = new Intake(largestListing, longWork * this.#quiet);
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.#client }, request)) {
        if (files.size > mostFiles) throw new Error(`lists more than ${mostFiles} files`);
        names.assertPace();
        for (const object of Contents) {
          const { Key = '' } = object;
          names.add(Buffer.from(Key));
          files.set(Key.slice(this.#prefix.length), describe(object));
        }
      }
      return files;
    });
  }

  #object(path: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + path };
  }

  /** @throws CommandError when `run` throws, with what the store said */
  async #explain<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (cause) {
      const said = isWithoutRegion(cause)
        ? `nothing says where it is; write s3://${this.#bucket}?region=NAME, or ?endpoint=URL for a provider other than Amazon`
        : saidBy(cause);
      throw new CommandError(`publish: bucket ${this.#bucket}: ${said}`, 1, { cause });
    }
  }
}

function readAddress(text: string, quiet: number): { bucket: string; prefix: string; client: S3Client } {
  const url = URL.parse(text);
  const known = ['endpoint', 'region', 'path-style'];
  const unknown = [...(url?.searchParams.keys() ?? [])].find((name) => !known.includes(name));
  if (!url?.hostname || unknown !== undefined) {
    throw new CommandError(
      `publish: "${text}" is not an address like s3://BUCKET/PREFIX?endpoint=URL&region=NAME&path-style=true`,
      2,
    );
  }
  const endpoint = url.searchParams.get('endpoint');
  // Providers list their endpoints without it.
  if (endpoint !== null && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new CommandError(
      `publish: the endpoint "${endpoint}" is not an address; write endpoint=https://${endpoint}`,
      2,
    );
  }
  const region = url.searchParams.get('region') ?? (endpoint ? 'us-east-1' : null);
  const prefix = url.pathname.replace(/^\/|\/$/g, '');
  return {
    bucket: url.hostname,
    prefix: prefix && `${prefix}/`,
    client: withLimits(
      new S3Client({
        ...(endpoint && { endpoint }),
        ...(region && { region }),
        forcePathStyle: url.searchParams.get('path-style') === 'true',
        requestHandler: { connectionTimeout: quiet, socketTimeout: quiet },
        // Stores other than Amazon's reject the checksums that the client adds by default.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
      quiet,
    ),
  };
}

/** Limits every answer of the store, also those that the client reads by itself: lists of files, and errors. */
function withLimits(client: S3Client, patience: number): S3Client {
  client.middlewareStack.add(
    (next) => async (args) => {
      const answered = await next(args);
      const response = answered.response as { body: Readable };
      response.body = Readable.from(takeIn(response.body, patience), { objectMode: false });
      return answered;
    },
    // Nearer to the network than the step that reads the answer.
    { step: 'deserialize', priority: 'low' },
  );
  return client;
}

async function* takeIn(body: AsyncIterable<Buffer>, patience: number): AsyncGenerator<Buffer> {
  const intake = new Intake(largestFile, patience);
  for await (const part of body) {
    // If this throws, leaving the loop closes the connection.
    intake.add(part);
    yield part;
  }
}

/** Whether neither the address nor Amazon's own settings name a region, which the client then doesn't guess. */
function isWithoutRegion(cause: unknown): boolean {
  return cause instanceof Error && cause.message === 'Region is missing';
}

/** Returns what the store said, or why it didn't answer. */
function saidBy(cause: unknown): string {
  if (cause instanceof Error && cause.name === 'CredentialsProviderError') {
    return 'there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE';
  }
  if (!(cause instanceof Error) || cause.name === 'Error') return reasonOf(cause);
  // The client can't parse what isn't an answer of a store, such as a proxy's page.
  const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
  if (cause.message === 'UnknownError' && status !== undefined) return `the store answers ${status}`;
  return `${plainly(cause.name)}: ${reasonOf(cause)}`;
}

/**
 * Runs `job` on every item, a few at a time. After a failure it starts no more, and waits for those that are running.
 */
async function forEach<T>(items: T[], job: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  let hasFailed = false;
  const worker = async () => {
    for (const item of queue) {
      if (hasFailed) return;
      await job(item).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason as Error;
}
