import type { Plugin } from 'vite';

/**
 * How the scripts of pages are cut into files. Left to itself the bundler makes a file of whatever two pages share; a
 * door would then fetch four small ones, each known only when the one before has come. So one file is all that a door
 * runs, and one is for whoever comes in with a key; other pages take from them what they share.
 */
export const chunks = [
  {
    name: 'door',
    test: /vite\/preload-helper|Door\.astro|src\/gate\/(?:bridge|database|door|key|tab)\.ts|src\/storage\.ts/,
    priority: 2,
  },
  {
    name: 'unlock',
    test: /src\/gate\/(?:unlock|access|store|link)\.ts|src\/vault\/(?:bytes|cipher|kdf|keys|keystore|name|padding|root|shard|token)\.ts/,
    priority: 1,
  },
];

/**
 * Leaves `import()` as it is. Vite wraps it into a helper that first asks for style sheets and chunks of chunks; ours
 * have neither, and the helper would be a third of what a door carries. The list of these that it would read goes, too:
 * here and not in the configuration, where Astro sets `modulePreload` over what a site says.
 */
export function plainImports(): Plugin {
  return {
    name: 'jinghua:plain-imports',
    configEnvironment: () => ({ build: { modulePreload: false } }),
    transform: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => ({ code: 'export const __vitePreload = (load) => load();', map: null }),
    },
  };
}
