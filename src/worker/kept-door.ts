import { importsOf } from '../gate/offline/imports.ts';
import { cachedFile, cachePrefix } from './cache.ts';
import { currentAccess, hasEnded } from './session.ts';
import { isAsBuilt } from './theme.ts';
import { fetchWhole } from './whole.ts';

/**
 * The door with its files, in a cache of its own. When a membership ends, nothing else stays on the device; without a
 * connection, this door says so in place of the browser's own error page. Anyone may read these files.
 */
const cacheName = `${cachePrefix}door`;
/** The address of a door that every build has. */
const door = new URL(`${__BASE__}offline/`, location.href).href;
/** The time limit of a download in milliseconds, see {@link fetchWhole}. */
const patience = 15_000;

/** Keeps the door if the membership stored here has ended. If that fails, the next visit tries again. */
export async function keepDoorOnceEnded(): Promise<void> {
  try {
    if (!(await hasEnded()) || (await cachedFile(door, cacheName))) return;
    const files = await fetchDoor();
    // The member may have logged out meanwhile, or renewed.
    if (!files || !(await hasEnded())) return;
    const cache = await caches.open(cacheName);
    // The door is stored last, so that one which is kept has all its files.
    for (const [name, file] of [...files].reverse()) await cache.put(name, file);
  } catch {
    // The host is unreachable, or the device full.
  }
}

/** The kept door as the host sent it; undefined for members, and when none is kept. */
export async function findDoor(): Promise<Response | undefined> {
  return (await currentAccess()) ? undefined : cachedFile(door, cacheName);
}

/** A script or style of the kept door. */
export function findDoorFile({ url }: Request): Promise<Response | undefined> {
  return cachedFile(url, cacheName);
}

/** Fetches the door and its files; undefined if the host answers with something else. */
async function fetchDoor(): Promise<Map<string, Response> | undefined> {
  const files = new Map<string, Response>();
  const names = new Set([door]);
  // The set grows during the iteration, because a script imports others.
  for (const name of names) {
    const { response, bytes } = await fetchWhole(name, {}, patience);
    const type = response.headers.get('Content-Type') ?? '';
    // Some hosts answer every address with a page.
    if (!response.ok || /html/i.test(type) !== (name === door)) return undefined;
    if (!(await isAsBuilt(name, bytes))) return undefined;
    const text = new TextDecoder().decode(bytes);
    if (name === door && !text.includes('<gate-door')) return undefined;
    const needed = name === door ? filesOf(text) : importsOf(text, name);
    for (const file of needed) names.add(file);
    files.set(name, new Response(bytes, { headers: { 'Content-Type': type } }));
  }
  return files;
}

/** The styles and scripts of the door. */
function filesOf(html: string): string[] {
  const named = html.matchAll(/(?:src|href)="([^"]+\.(?:css|js))"/g);
  return Array.from(named, ([, address]) => new URL(address!, door).href);
}
