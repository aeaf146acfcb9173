/// <reference types="astro/client" />

/** The site's base, with a slash at both ends. Put in by astro.config.mjs, as the worker's step does for `sw.js`. */
declare const __BASE__: string;
