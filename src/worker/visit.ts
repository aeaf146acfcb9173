import { isSameToken } from '../gate/link.ts';
import { importToken, parseToken } from '../vault/index.ts';
import { isMedia } from './address.ts';
import { isFailing } from '../gate/failing.ts';
import { answerKept, answerNetwork, answerPlain } from './answer.ts';
import { fetchPublicIndex, findPublic, keepPublic } from './cache.ts';
import { answer, find, findFormer, findVisited, isOpened } from './find.ts';
import { findDoor, findDoorFile, keepDoorOnceEnded } from './kept-door.ts';
import { currentAccess, renewal } from './session.ts';
import { sleep } from './sleep.ts';
import { untilLeft } from './stream.ts';
import { fetchTheme } from './theme.ts';
import { untilSilent } from './whole.ts';

declare const self: ServiceWorkerGlobalScope;

/** Milliseconds to wait for the host to begin sending the door of a page. */
const patience = 15_000;
/**
 * Milliseconds without a byte from the host after which the offline page is shown for now. What was asked goes on, and
 * that page opens the other as soon as it is there: even where connecting takes longer, nothing is given up.
 */
const stillness = 6000;

/** Answers a navigation as {@link openVisit} does, or with the offline page while a host says nothing. */
export function answerVisit(request: Request, path: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const opening = openVisit(request, path).finally(() => (isAnswered = true));
    opening.then(resolve, reject);
    void untilSilent(stillness).then(async () => {
      const page = isAnswered ? undefined : await standIn();
      if (page) resolve(page);
    });
  });
}

/** Opens the page at an address, else answers with what the host says, which is often a door, else the offline page. */
async function openVisit(request: Request, path: string): Promise<Response> {
  const spelling = /^([^#]*)[?&](?:#|$)/.exec(request.url);
  // A door reloads itself under this variant of its address (openAnew); the browser carries the fragment over.
  if (spelling) return Response.redirect(spelling[1]!, 302);
  const found = await findVisited(path);
  if (isOpened(found)) {
    const clean = await withoutOwnKey(request.url);
    return clean === null ? answer(path, found, null) : Response.redirect(clean, 302);
  }
  if (found === 'absent' && isOpened(await find(`${path}/`))) return redirectToDirectory(request.url);
  if (found !== 'locked' && found !== 'absent') void self.registration.update().catch(() => undefined);
  // A host that doesn't begin to answer in time counts as unreachable.
  const silence = sleep(patience).then(() => null);
  const response = await Promise.race([fetch(request).catch(() => null), silence]);
  if (!response) return (await standIn()) ?? Response.error();
  if (isFailing(response)) {
    const page = await standIn();
    if (page) return page;
  }
  if (response.status === 404 && found === 'absent') {
    const former = await findFormer(path);
    if (isOpened(former)) return answer(path, former, null);
    const missing = await find('/404.html');
    if (isOpened(missing) && 'bytes' in missing) return answerPlain('/404.html', missing, 404);
  }
  return answerNetwork(response, true);
}

/**
 * An address without its key, or null unless that is the key of the access in force. The page could only reload itself
 * at the address without the key, and would lose what the member has begun.
 */
async function withoutOwnKey(address: string): Promise<string | null> {
  const [clean, fragment] = address.split('#') as [string, string?];
  const given = new URLSearchParams(fragment);
  const token = parseToken(given.get('key') ?? '');
  const access = token && (await currentAccess());
  if (!access || !(await isSameToken(access.token, await importToken(token)))) return null;
  // Without a fragment of its own, the browser would carry over the old one.
  return `${clean}#${given.get('to') ?? ''}`;
}

/**
 * What is shown while the host is unreachable or failing and the page is not kept: to members the offline page, which
 * lists those that are, and to members whose membership has ended the door.
 */
async function standIn(): Promise<Response | undefined> {
  const page = await find('/offline/');
  if (isOpened(page) && 'bytes' in page) return answerPlain('/offline/', page, 503);
  const bytes = await (await findDoor())?.arrayBuffer();
  return bytes && answerPlain('/offline/', { type: 'text/html', bytes: new Uint8Array(bytes) }, 503);
}

/** What remains to be done after a page has been answered: the renewal under way, and what follows from it. */
export async function afterVisit(): Promise<void> {
  await renewal();
  await keepDoorOnceEnded();
}

function redirectToDirectory(address: string): Response {
  const url = new URL(address);
  url.pathname += '/';
  return Response.redirect(url.href, 302);
}

/** Answers with a file of the theme; it is cached only for members who are logged in, or with the door. */
export async function answerTheme(request: Request): Promise<Response> {
  if (await currentAccess()) return fetchTheme(request);
  return (await findDoorFile(request)) ?? fetch(request);
}

/** Answers with a file of the public search index; it is cached for members, who search offline too. */
export async function answerPublicIndex(request: Request): Promise<Response> {
  return (await currentAccess()) ? fetchPublicIndex(request) : fetch(request);
}

/** Answers a page's request for a file: opened, else from the network, but never with a page in place of the file. */
export async function answerFile(request: Request, path: string): Promise<Response> {
  const found = await find(path);
  const range = request.headers.get('Range');
  if (isOpened(found)) return answer(path, found, range);
  const answered = await answerUnsealed(request, found === 'absent' && isMedia(path) ? path : null, range);
  if (found !== 'absent' || answered.status !== 404) return answered;
  const former = await findFormer(path);
  return isOpened(former) ? answer(path, former, range) : answered;
}

/** Answers with a file that the host has unsealed; `media` is its path if it may be of a public piece. */
async function answerUnsealed(
  request: Request,
  media: string | null,
  range: string | null,
): Promise<Response> {
  if (media === null) return answerNetwork(await fetch(request), false);
  const kept = await findPublic(request);
  if (kept) return answerKept(media, await kept.blob(), range);
  // A request made of another, to which a signal could be given, loses its range.
  if (range !== null) return answerNetwork(await fetch(request), false);
  const stop = new AbortController();
  const response = await fetch(request, { signal: stop.signal });
  keepPublic(response);
  // Otherwise the copy for the cache would go on loading a recording whose download the member has stopped.
  return untilLeft(answerNetwork(response, false), () => stop.abort());
}
