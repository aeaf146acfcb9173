import { close, createIndex } from 'pagefind';

/** Pagefind's files that run in browsers, code and engine; they are the same for all indexes. */
export interface BrowserHalf {
  /** Pagefind's version; the browser code compares it with the index's. */
  version: string;
  files: Map<string, Uint8Array>;
  /** The content of the entry file, which tells this code what index there is, as written for an empty index. */
  entryFile: object;
}

export const ENTRY_FILE = 'pagefind-entry.json';
const CODE = ['pagefind.js', 'pagefind-worker.js', 'wasm.unknown.pagefind'];

let known: Promise<BrowserHalf> | undefined;

/**
 * Reads Pagefind's browser code. The package has it inside a native program that outputs it only along with an index,
 * so this writes an empty index.
 *
 * @throws Error when Pagefind fails, or its output lacks a file that we expect
 */
export function readBrowserHalf(): Promise<BrowserHalf> {
  return (known ??= read());
}

async function read(): Promise<BrowserHalf> {
  try {
    const { index, errors } = await createIndex({ forceLanguage: 'unknown' });
    if (!index) throw new Error(errors.join('; '));
    const written = await index.getFiles();
    if (written.errors.length > 0) throw new Error(written.errors.join('; '));
    const files = new Map(written.files.map(({ path, content }) => [path, content]));
    const missing = [ENTRY_FILE, ...CODE].filter((name) => !files.has(name));
    if (missing.length > 0) throw new Error(`Pagefind gives no ${missing.join(', ')}`);
    const entryFile = JSON.parse(new TextDecoder().decode(files.get(ENTRY_FILE))) as { version: string };
    return {
      version: entryFile.version,
      files: new Map(CODE.map((name) => [name, files.get(name)!])),
      entryFile,
    };
  } finally {
    await close();
  }
}
