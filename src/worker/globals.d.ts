/** The site's base, with a slash at both ends: `/` or `/repo/`. Inserted when `sw.js` is built. */
declare const __BASE__: string;
/** A digest of each file of the theme that this worker was built with, by its name below `/a/`. Inserted likewise. */
declare const __THEME__: Record<string, string>;
