import type { AstroIntegration } from 'astro';

/**
 * Bundles the theme into a renderer for any page of any content (see ./entry.ts), so that it is bundled only when the
 * theme changes and not for every audience of every build.
 *
 * @see https://docs.astro.build/en/reference/adapter-reference/
 */
export function renderer(): AstroIntegration {
  return {
    name: 'jinghua:render',
    hooks: {
      'astro:config:done': ({ setAdapter }) => {
        setAdapter({
          name: 'jinghua:render',
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- only its other value is
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('entry.ts', import.meta.url),
          supportedAstroFeatures: { serverOutput: 'stable' },
        });
      },
    },
  };
}
