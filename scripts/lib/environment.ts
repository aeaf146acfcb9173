/**
 * The environment that the processes of a build inherit: without our variables, so without the secret, and without those
 * that Astro would take for its own `import.meta.env`.
 */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:KB_|(?:DEV|PROD|MODE|SSR)$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
}
