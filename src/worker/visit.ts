import type { GateReply } from '../gate/message.ts';
import { answerMedia, answerNetwork, answerPlain } from './answer.ts';
import { openPath, type Opened, type Unopened } from './open.ts';
import { currentAccess, lastRefusal, renewUnlessSince } from './session.ts';

declare const self: ServiceWorkerGlobalScope;

/** A `root` this old (milliseconds) is looked at again before a page is answered, as any page would be. */
const freshness = 10_000;
/** So long (milliseconds) a page waits for it; on a bad line the newest one known is good enough. */
const patience = 1500;

/** Answers a page: opened, else the network's door, else what the network says. */
export async function answerVisit(request: Request, path: string): Promise<Response> {
  const spelling = /^([^#]*)[?&](?:#|$)/.exec(request.url);
  // A door loads itself anew under this spelling (openAnew); the browser carries the fragment over.
  if (spelling) return Response.redirect(spelling[1]!, 302);
  const found = await find(
    path,
    Promise.race([renewUnlessSince(performance.now() - freshness), sleep(patience)]),
  );
  if (isOpened(found)) return answer(path, found, null);
  if (found === 'absent' && isOpened(await find(`${path}/`))) return redirectToDirectory(request.url);
  if (found !== 'locked' && found !== 'absent') void self.registration.update().catch(() => undefined);
  const response = await fetch(request);
  if (response.status === 404 && found === 'absent') {
    const missing = await find('/404.html');
    if (isOpened(missing) && 'bytes' in missing) return answerPlain('/404.html', missing, 404);
  }
  return answerNetwork(response, true);
}

function redirectToDirectory(address: string): Response {
  const url = new URL(address);
  url.pathname += '/';
  return Response.redirect(url.href, 302);
}

/** Answers what a page asks for: opened, else from the network, but never a page in place of a file. */
export async function answerFile(request: Request, path: string): Promise<Response> {
  const found = await find(path);
  if (isOpened(found)) return answer(path, found, request.headers.get('Range'));
  return answerNetwork(await fetch(request), false);
}

/** Why a door stands where a page was asked for. */
export async function explain(path: string): Promise<GateReply> {
  const found = await find(path, renewUnlessSince(performance.now()));
  const refusal = lastRefusal();
  if (isOpened(found)) return { reason: 'open' };
  if (refusal) return refusal;
  return { reason: found };
}

type Found = Opened | Unopened | 'locked';

function isOpened(found: Found): found is Opened {
  return typeof found !== 'string';
}

/** Opens a path with the newest root known; what does not open is tried once more with the newest there is. */
async function find(path: string, renewed?: Promise<void>): Promise<Found> {
  const asked = performance.now();
  const access = await currentAccess();
  if (!access) return 'locked';
  const opening = openPath(access, path);
  await renewed;
  const newer = await currentAccess();
  const found = newer === access ? await opening : await reopen(path);
  if (isOpened(found) || found === 'locked') return found;
  // What is not there may well never have been: an icon, say. What does not open is looked into at once.
  await renewUnlessSince(found === 'absent' ? asked - freshness : asked);
  return (await currentAccess()) === newer ? found : reopen(path);
}

async function reopen(path: string): Promise<Found> {
  const access = await currentAccess();
  return access ? openPath(access, path) : 'locked';
}

function answer(path: string, opened: Opened, range: string | null): Response {
  return 'head' in opened ? answerMedia(path, opened.head, range) : answerPlain(path, opened);
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
