const prefix = `jinghua ${__BASE__} `;

/** The key of what a feature keeps. With the site's base, so that sites on one origin keep apart; log out finds it. */
export const keyOf = (name: string): string => prefix + name;

/** What a feature keeps in this browser, as JSON. A browser that refuses storage keeps nothing, and reads nothing. */
export function readLocal(name: string): unknown {
  return read(() => localStorage, name);
}

/** As {@link readLocal}; undefined removes. */
export function writeLocal(name: string, value: unknown): void {
  write(() => localStorage, name, value);
}

/** As {@link readLocal}, for as long as the tab is open. */
export function readTab(name: string): unknown {
  return read(() => sessionStorage, name);
}

/**
 * As {@link writeLocal}, for as long as the tab is open.
 * @returns false where the browser refuses
 */
export function writeTab(name: string, value: unknown): boolean {
  return write(() => sessionStorage, name, value);
}

/** Removes all of it, on log out. */
export function clearStorage(): void {
  for (const area of [() => localStorage, () => sessionStorage]) {
    try {
      const storage = area();
      for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
    } catch {
      // Then nothing was kept either.
    }
  }
}

// Even naming a storage throws where it is refused.
function read(area: () => Storage, name: string): unknown {
  try {
    return JSON.parse(area().getItem(keyOf(name)) ?? 'null');
  } catch {
    return null;
  }
}

function write(area: () => Storage, name: string, value: unknown): boolean {
  try {
    if (value === undefined) area().removeItem(keyOf(name));
    else area().setItem(keyOf(name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
