import type { Plugin } from 'vite';

/**
 * How the bundler splits the scripts of pages into files. By default it makes a file of everything that two pages
 * share. A door would then load four small files in sequence, because each is only discovered when the one before has
 * arrived. So everything that a door runs goes into one file, and what opening the site with a key needs into a second;
 * other pages share these. The small helpers of the other scripts are the third.
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
  {
    name: 'shared',
    test: /@oxc-project|src\/elements\/(?:copy|dom|fragment|talk\/timeline)\.ts|src\/model\/time\.ts|src\/search\/lines\.ts|src\/text\/(?:megabytes|shorten)\.ts/,
  },
];

/**
 * Names the script of a component after the component alone: Astro's own name for it, which every page would repeat, is
 * longer by 37 characters. `Door.astro_astro_type_script_index_0_lang` ⇒ `Door`
 */
export const entryFileNames = ({ name }: { name: string }): string =>
  `a/${name.replace(/\.astro_astro_type_.*/, '')}.[hash].js`;

/**
 * Keeps `import()` as written. Vite wraps it in a helper that preloads style sheets and nested chunks. Ours have
 * neither, and the helper would be a third of the code that a door loads. The preload list that the helper reads is
 * turned off too; this is done here because Astro overrides `modulePreload` from the configuration.
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
