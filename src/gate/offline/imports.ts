// N.B. Shared: a page that is taken along needs its scripts, and so does the door that the worker keeps.

/** Matches the imports of a bundled script: `from"./a.js"`, `import("./a.js")`. */
const imported = /(?:from|import)\(?\s*["'`](\.\/[^"'`]+\.js)["'`]/g;

/** The addresses of the scripts that a bundled script imports, also those that it loads on demand. */
export function importsOf(script: string, address: string): string[] {
  return Array.from(script.matchAll(imported), ([, name]) => new URL(name!, address).href);
}
