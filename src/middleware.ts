import { defineMiddleware } from 'astro:middleware';
import { logicalAddress } from './address.ts';
import { openAddresses } from './library.ts';

/**
 * Lets a question through to pages that stand for one entry, person, topic … only where there is one. Old addresses get
 * the page that leads on.
 */
export const onRequest = defineMiddleware(({ routePattern, url }, next) => {
  if (!routePattern.includes('[')) return next();
  const address = logicalAddress(url.pathname);
  const { own, moved } = openAddresses();
  if (own.has(address)) return next();
  return moved.has(address) ? next(`/moved${address}`) : new Response(null, { status: 404 });
});
