import type { GateMessage } from '../gate/message.ts';
import { isPlain, isPublicIndex, isTheme, logicalPath } from './address.ts';
import { replyAsWorker } from './as-worker.ts';
import { pruneCaches } from './cache.ts';
import { keepDoorOnceEnded } from './kept-door.ts';
import { currentAccess } from './session.ts';
import { dropWrong } from './theme.ts';
import { afterVisit, answerFile, answerPublicIndex, answerTheme, answerVisit } from './visit.ts';

declare const self: ServiceWorkerGlobalScope;
const base = new URL(__BASE__, self.location.href);

// A newer worker can answer everything that an older one can, so it doesn't wait.
self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = logicalPath(new URL(request.url), base);
  // Only GET requests to this site, and only those that the host can't answer as well.
  if (request.method !== 'GET' || path === null) return;
  if (isTheme(path)) event.respondWith(answerTheme(request));
  if (isPublicIndex(path)) event.respondWith(answerPublicIndex(request));
  if (isPlain(path)) return;
  if (request.mode !== 'navigate') {
    event.respondWith(answerFile(request, path));
    return;
  }
  const answered = answerVisit(request, path);
  event.respondWith(answered);
  // A page waits only a moment for the new root; the renewal continues after that. Keep the worker alive until then: an
  // idle worker with a newer one waiting would be terminated in the middle of it, every time.
  event.waitUntil(answered.then(afterVisit, afterVisit));
});

self.addEventListener('message', (event) => {
  const port = event.ports[0];
  if (!port) return;
  const replied = replyAsWorker(event.data as GateMessage, base).then((said) => port.postMessage(said));
  // An open page may be the first to learn of the end.
  event.waitUntil(replied.then(keepDoorOnceEnded));
});

async function activate(): Promise<void> {
  await self.clients.claim();
  const access = await currentAccess();
  if (access) await pruneCaches(access.keys[0]!.epoch);
  // A browser that refuses caches has none.
  await dropWrong().catch(() => undefined);
}
