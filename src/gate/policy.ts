// N.B. Shared: pages carry these in a meta tag, the worker sends them as headers.

/** The one content security policy of doors and pages: no inline code, no other host, no form that sends. */
export const contentPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; " +
  "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

/** What every answer carries, be it the worker's or, where it can be told, the host's. */
export const guards = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // No policy in a meta tag can say so: who frames a page could have a member click on what they don't see.
  'X-Frame-Options': 'DENY',
};
