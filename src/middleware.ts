import { defineMiddleware } from 'astro:middleware';
import { logicalAddress } from './address.ts';
import { openAddresses } from './library/open.ts';

/**
 * Answers requests for pages of an entry, person, topic … with 404 unless the content has it. Old addresses get the
 * page that redirects to the new one.
 */
export const onRequest = defineMiddleware(({ routePattern, url }, next) => {
  if (!routePattern.includes('[')) return next();
  const address = logicalAddress(url.pathname);
  const { own, moved } = openAddresses();
  if (own.has(address)) return next();
  return moved.has(address) ? next(`/moved${address}`) : new Response(null, { status: 404 });
});
