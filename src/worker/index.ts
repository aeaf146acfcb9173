import type { GateMessage } from '../gate/message.ts';
import { isPlain, isPublicIndex, isTheme, logicalPath } from './address.ts';
import { pruneCaches } from './cache.ts';
import { reply } from './reply.ts';
import { currentAccess, renewal } from './session.ts';
import { answerFile, answerPublicIndex, answerTheme, answerVisit } from './visit.ts';

declare const self: ServiceWorkerGlobalScope;
const base = new URL(__BASE__, self.location.href);

// A worker of before has nothing that a newer one can't answer better, so none waits.
self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = logicalPath(new URL(request.url), base);
  // Only reading, only this site, and only what the host could not answer as well.
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
  // A page waits a moment for the look at the host, and it goes on after that. With nothing to do, and a newer worker
  // waiting, this one would be ended in the middle of it, each time anew.
  event.waitUntil(answered.then(renewal, renewal));
});

self.addEventListener('message', (event) => {
  const port = event.ports[0];
  if (port) event.waitUntil(reply(event.data as GateMessage, base).then((said) => port.postMessage(said)));
});

async function activate(): Promise<void> {
  await self.clients.claim();
  const access = await currentAccess();
  if (access) await pruneCaches(access.keys[0]!.epoch);
}
