import { readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Content } from '../../src/markdown/content.ts';
import { loadContent } from '../../src/markdown/load.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { serve, type Serving } from '../../scripts/lib/serve.ts';
import { testSite, writeFiles, type TestSite } from './site.ts';

/** The members of the sample sites: one of each state. */
const members = `# who opens the sample site
- id: anna
- id: ben
- id: carl
  removed: 2026-11-01
- id: dora
  expires: 2026-10-31
`;

export const bases = ['', '/repo'] as const;
export type Base = (typeof bases)[number];

/** Where the project's own content is built for the end-to-end tests, at the root of a host and below a path. */
export function sampleFolder(base: Base): string {
  return join(projectRoot, '.work', 'tests', sampleName(base));
}

/** Lays out a sample site, ready to be built. What its build seals is recorded, see {@link recordingSeals}. */
export function sampleSite(base: Base): TestSite {
  const site = testSite(sampleName(base), {
    ...recordingSeals(sampleFolder(base)),
    ...(base && { KB_SITE: `https://kb.example${base}/` }),
  });
  writeFiles(site.folder, { 'members.yaml': members });
  return site;
}

/** The environment of a build that writes down what its AES-GCM is given, into `seals` below `folder`. */
export function recordingSeals(folder: string): Record<string, string> {
  const recorder = join(import.meta.dirname, 'record-seals.ts');
  return {
    NODE_OPTIONS: `--import ${pathToFileURL(recorder).href}`,
    RECORD_SEALS: join(folder, 'seals'),
  };
}

export interface PlainHost extends Serving {
  /** What it was asked for so far. */
  requests: string[];
  /** Takes it off the network, or puts it back. */
  cut(isCut: boolean): void;
  /** Says of sealed files from now on what hosts/ has hosts say: that browsers may keep them for good. */
  sayForGood(): void;
  /** Leaves without an answer from now on what is asked for at these addresses, and without them nothing. */
  stall(addresses?: RegExp): void;
  /** Keeps waiting what is asked for from now on at these addresses; what it returns answers that, and all else again. */
  hold(addresses: RegExp): () => void;
  /** Answers what is asked for from now on as `lie` says, and where it says nothing, or without one, as it is. */
  lie(lie?: Lie): void;
}

/**
 * What a host says in place of a file.
 * @param truth - the file
 * @returns null where the host tells the truth
 */
export type Lie = (truth: Uint8Array, url: string) => { type: string; bytes: Uint8Array } | null;

/** Serves a sample site as a plain host does: no ranges, no headers of its own, counting what is asked for. */
export async function serveSample(base: Base): Promise<PlainHost> {
  return servePlain(join(sampleFolder(base), 'dist'), base);
}

/** As {@link serveSample}, for any folder. */
export async function servePlain(folder: string, base: string): Promise<PlainHost> {
  const requests: string[] = [];
  let isDown = false;
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
      // Begun and never ended: a host that says nothing at all looks the same.
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
    requests,
    cut: (isCut) => void (isDown = isCut),
    sayForGood: () => void (isForGood = true),
    stall: (addresses) => {
      stalled = addresses;
      // A browser has six connections to a host, and those that were left waiting would be missing.
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

/** The project's own content, as the sample sites show it to members. */
export function sampleContent(base: Base): Promise<Content> {
  return loadContent({
    root: join(projectRoot, 'content'),
    cache: join(projectRoot, '.work', 'cache', 'content'),
    date: '2026-11-22',
    drafts: false,
    base,
  });
}

function sampleName(base: Base): string {
  return `sample${base.replace('/', '-')}`;
}
