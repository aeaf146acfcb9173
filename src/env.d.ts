/// <reference types="astro/client" />

/** The site's base, with a slash at both ends. Put in by astro.config.mjs, as the worker's step does for `sw.js`. */
declare const __BASE__: string;
/** The language of the site: see src/site.ts. */
declare const __LANGUAGE__: 'zh-CN' | 'en';

/**
 * Whether this is the authoring preview, that follows every change. Said by the command alone (src/preview/plugin.ts):
 * `import.meta.env.DEV` is also true where a variable of that name happens to be set.
 */
declare const __PREVIEW__: boolean;
