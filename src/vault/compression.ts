import { type Bytes, concat } from './bytes.ts';

// The zlib format (RFC 1950): a gzip header names the operating system, so its bytes would differ between machines, and
// browsers supported raw deflate only later.
const FORMAT = 'deflate';

/** Compresses with zlib. Equal input gives equal bytes while the JavaScript engine's zlib stays the same. */
export async function compress(plain: Bytes): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const part of through(new CompressionStream(FORMAT), plain)) parts.push(part);
  return concat(...parts);
}

/**
 * The inverse of {@link compress}.
 *
 * @param size - exact size of the result in bytes; a larger stream fails before more memory is used.
 * @throws Error when the stream is malformed or its content has another size.
 */
export async function decompress(packed: Bytes, size: number): Promise<Bytes> {
  const plain = new Uint8Array(size);
  let offset = 0;
  try {
    for await (const part of through(new DecompressionStream(FORMAT), packed)) {
      plain.set(part, offset);
      offset += part.length;
    }
  } catch (cause) {
    throw new Error('compressed bytes are malformed or larger than stated', { cause });
  }
  if (offset !== size) throw new Error('compressed bytes are smaller than stated');
  return plain;
}

async function* through(
  stream: CompressionStream | DecompressionStream,
  bytes: Bytes,
): AsyncGenerator<Bytes, void> {
  const writer = stream.writable.getWriter();
  // A failed write also fails the read below, which throws it.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
