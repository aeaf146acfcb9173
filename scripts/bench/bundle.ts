import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import type { Page } from '../../src/search/bundle/read-entry.ts';
import { deriveTierKeys, sealObject } from '../../src/vault/index.ts';
import { mediaTypeOf } from '../../src/media-types.ts';
import { sectionOf } from './corpus-site.ts';

/** A search bundle and a page that queries it. */
export interface Bundle {
  files: Map<string, Uint8Array>;
  /** A module that sets `globalThis.ask`: query ⇒ ids of all results, after loading the texts of the first ten. */
  script: string;
  /** Returns the bytes of a file sent by a host that compresses text. */
  weigh: (file: string) => number;
  /** The same for the sealed file, if the bundle is sealed. */
  weighSealed?: (file: string) => number;
  /** Returns the section of a result. */
  sectionOf: (id: string) => string;
}

/** Parts of a search bundle: posting lists, tables of contents, texts of results, Pagefind's code. */
export type Part = 'postings' | 'tables' | 'texts' | 'code';

/** Returns the part that a file of a bundle belongs to, by its path in the bundle. */
export function partOf(file: string): Part {
  if (file.startsWith('index/')) return 'postings';
  if (file.startsWith('fragment/')) return 'texts';
  return /\.(js|css)$|^wasm/.test(file) ? 'code' : 'tables';
}

/** @param files - our bundle */
export async function ourBundle(files: Map<string, Uint8Array>): Promise<Bundle> {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { __BASE__: JSON.stringify('/') },
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'ask.ts'), formats: ['es'] },
    },
  });
  if (!Array.isArray(built)) throw new Error('Vite did not build a library');
  const [chunk] = built.flatMap(({ output }) => output);
  if (chunk?.type !== 'chunk') throw new Error('Vite built nothing');
  const sealed = await sealedSizes(files);
  return {
    files,
    script: chunk.code,
    weigh: (file) => compressedSize(file, files.get(file)!),
    weighSealed: (file) => sealed.get(file)!,
    sectionOf,
  };
}

/** Makes a bundle with unmodified Pagefind. */
export async function stockBundle(pages: readonly Page[]): Promise<Bundle> {
  const { index } = await createIndex({
    rootSelector: 'article',
    excludeSelectors: ['[data-search-ignore]'],
  });
  if (!index) throw new Error('Pagefind made no index');
  for (const { address, html } of pages) await index.addHTMLFile({ url: address, content: html });
  const written = await index.getFiles();
  await close();
  const files = new Map(written.files.map(({ path, content }) => [path, content]));
  const addresses = fragmentAddresses(files);
  return {
    files,
    weigh: (file) => compressedSize(file, files.get(file)!),
    sectionOf: (id) => sectionOf(addresses.get(id) ?? id),
    script: `import * as pagefind from '/pagefind/pagefind.js';
      globalThis.ask = async (query) => {
        const { results } = await pagefind.search(query);
        const first = await Promise.all(results.slice(0, 10).map((result) => result.data()));
        return { ids: results.map(({ id }) => id), first: first.map(({ url }) => url) };
      };
      globalThis.ready = pagefind.init();`,
  };
}

/** Returns the sizes of the sealed files, which don't depend on the key. */
async function sealedSizes(files: ReadonlyMap<string, Uint8Array>): Promise<Map<string, number>> {
  const keys = await deriveTierKeys(crypto.getRandomValues(new Uint8Array(32)), 'members', 'bench');
  const sizes = new Map<string, number>();
  for (const [file, bytes] of files) {
    const plain = { type: mediaTypeOf(file), bytes: new Uint8Array(bytes) };
    sizes.set(file, (await sealObject(keys, `/pagefind/members/${file}`, plain)).bytes.length);
  }
  return sizes;
}

function compressedSize(file: string, bytes: Uint8Array): number {
  return /\.(js|json)$/.test(file) ? gzipSync(bytes).length : bytes.length;
}

/**
 * Maps fragment ids to addresses. Stock results only have the id, and loading thousands of fragments to learn the
 * addresses would distort the measurement.
 */
function fragmentAddresses(files: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const addresses = new Map<string, string>();
  for (const [path, bytes] of files) {
    const id = /^fragment\/(.+)\.pf_fragment$/.exec(path)?.[1];
    if (id) addresses.set(id, (JSON.parse(unpack(bytes)) as { url: string }).url);
  }
  return addresses;
}

function unpack(bytes: Uint8Array): string {
  return gunzipSync(bytes).toString('utf8').slice('pagefind_dcd'.length);
}
