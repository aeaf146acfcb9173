import { close, createIndex } from 'pagefind';

/** What Pagefind lays beside every index: the code and the engine that run in browsers, the same for all indexes. */
export interface BrowserHalf {
  /** Compared with that of the index by the code in browsers. */
  version: string;
  files: Map<string, Uint8Array>;
  /** The file that tells this code which index there is, as it is written for none. */
  entryFile: object;
}

export const ENTRY_FILE = 'pagefind-entry.json';
const CODE = ['pagefind.js', 'pagefind-worker.js', 'wasm.unknown.pagefind'];

let known: Promise<BrowserHalf> | undefined;

/**
 * Takes Pagefind's code for browsers out of the package, where it lies inside a program that gives it away with an index
 * only: so with that of nothing.
 *
 * @throws Error when Pagefind fails, or gives other files than those of the version we know
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
