/// <reference types="astro/client" />

/**
 * The site's base, with a slash at both ends. Defined by astro.config.mjs, and for `sw.js` by the step that builds the
 * worker.
 */
declare const __BASE__: string;
/** The site's language, as set in src/site.ts. */
declare const __LANGUAGE__: 'zh-CN' | 'en';
/** Colours of the light theme, from src/styles/tokens.css, for pictures. */
declare const __LIGHT__: Record<'paper' | 'ink' | 'ink-soft' | 'ink-faint' | 'rule-strong' | 'seal', string>;

/**
 * Whether this is the authoring preview, which follows every change. Only the preview command sets it
 * (src/preview/plugin.ts): `import.meta.env.DEV` is also true when an environment variable happens to have that name.
 */
declare const __PREVIEW__: boolean;

declare namespace App {
  interface Locals {
    /** The files that a page names for its browser, relative to the base; see src/components/Hints.astro. */
    hints?: { style: string; door: string } | undefined;
  }
}
