// N.B. Shared: pages carry the policy in a meta tag, and the worker sends all of these as headers.

/** The content security policy of doors and pages: no inline code, no other host, no form submission. */
export const contentPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; " +
  "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

/** Headers of every response, from the worker and, if it can be configured, from the host. */
export const guards = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // Against clickjacking; a policy in a meta tag can't forbid framing.
  'X-Frame-Options': 'DENY',
};
