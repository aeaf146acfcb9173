/** The site's base, with a slash at both ends: `/` or `/repo/`. Inserted when `sw.js` is built. */
declare const __BASE__: string;
