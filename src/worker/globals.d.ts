/** The site's base, with a slash at both ends: `/` or `/repo/`. Put in when `sw.js` is built. */
declare const __BASE__: string;
