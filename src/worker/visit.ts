import { isSameToken } from '../gate/link.ts';
import { importToken, parseToken } from '../vault/index.ts';
import { isMedia } from './address.ts';
import { answerKept, answerNetwork, answerPlain } from './answer.ts';
import { fetchPublicIndex, fetchTheme, findPublic, keepPublic } from './cache.ts';
import { answer, find, findVisited, isOpened } from './find.ts';
import { currentAccess } from './session.ts';
import { sleep } from './sleep.ts';

declare const self: ServiceWorkerGlobalScope;

/** How long (milliseconds) the host may take at most until it begins to send the door of a page. */
const patience = 15_000;

/** Answers a page: opened, else the network's door, else what the network says. */
export async function answerVisit(request: Request, path: string): Promise<Response> {
  const spelling = /^([^#]*)[?&](?:#|$)/.exec(request.url);
  // A door loads itself anew under this spelling (openAnew); the browser carries the fragment over.
  if (spelling) return Response.redirect(spelling[1]!, 302);
  const found = await findVisited(path);
  if (isOpened(found)) {
    const clean = await withoutOwnKey(request.url);
    return clean === null ? answer(path, found, null) : Response.redirect(clean, 302);
  }
  if (found === 'absent' && isOpened(await find(`${path}/`))) return redirectToDirectory(request.url);
  if (found !== 'locked' && found !== 'absent') void self.registration.update().catch(() => undefined);
  // A host that does not even begin to answer is no way to it.
  const silence = sleep(patience).then(() => null);
  const response = await Promise.race([fetch(request).catch(() => null), silence]);
  if (!response) return answerOffline();
  if (response.status === 404 && found === 'absent') {
    const missing = await find('/404.html');
    if (isOpened(missing) && 'bytes' in missing) return answerPlain('/404.html', missing, 404);
  }
  return answerNetwork(response, true);
}

/**
 * An address without the key that it came with, null unless that is the key of whoever is in. Their page has nothing to do
 * with it but to load itself anew under an address that may be passed on, and would take with it what a member has begun.
 */
async function withoutOwnKey(address: string): Promise<string | null> {
  const [clean, fragment] = address.split('#') as [string, string?];
  const given = new URLSearchParams(fragment);
  const token = parseToken(given.get('key') ?? '');
  const access = token && (await currentAccess());
  if (!access || !(await isSameToken(access.token, await importToken(token)))) return null;
  // Without a fragment of its own it would be given that of the address before.
  return `${clean}#${given.get('to') ?? ''}`;
}

/** Without a way to the host, and for a page that is not kept: a page that says so, and what is. */
async function answerOffline(): Promise<Response> {
  const page = await find('/offline/');
  return isOpened(page) && 'bytes' in page ? answerPlain('/offline/', page, 503) : Response.error();
}

function redirectToDirectory(address: string): Response {
  const url = new URL(address);
  url.pathname += '/';
  return Response.redirect(url.href, 302);
}

/** Answers with a file of the theme; those who are not in keep nothing. */
export async function answerTheme(request: Request): Promise<Response> {
  return (await currentAccess()) ? fetchTheme(request) : fetch(request);
}

/** Answers with a file of the public search index, which members search without a network too. */
export async function answerPublicIndex(request: Request): Promise<Response> {
  return (await currentAccess()) ? fetchPublicIndex(request) : fetch(request);
}

/** Answers what a page asks for: opened, else from the network, but never a page in place of a file. */
export async function answerFile(request: Request, path: string): Promise<Response> {
  const found = await find(path);
  const range = request.headers.get('Range');
  if (isOpened(found)) return answer(path, found, range);
  if (found !== 'absent' || !isMedia(path)) return answerNetwork(await fetch(request), false);
  // Media of a public piece: the host has it as it is.
  const kept = await findPublic(request);
  if (kept) return answerKept(path, await kept.blob(), range);
  const response = await fetch(request);
  if (range === null) keepPublic(response);
  return answerNetwork(response, false);
}
