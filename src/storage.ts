const prefix = `jinghua ${__BASE__} `;

/**
 * Returns the storage key for a feature. The prefix contains the site's base, so that sites on one origin stay separate
 * and log out finds every key of this site.
 */
export const keyOf = (name: string): string => prefix + name;

/** Reads the JSON that a feature has stored in this browser; null if there is none or the browser refuses storage. */
export function readLocal(name: string): unknown {
  return read(() => localStorage, name);
}

/**
 * Stores a value as JSON for {@link readLocal}; undefined removes it.
 * @returns false if the browser refuses or has no room, and what was stored before stays
 */
export function writeLocal(name: string, value: unknown): boolean {
  return write(() => localStorage, name, value);
}

/** Like {@link readLocal}, but only while the tab is open. */
export function readTab(name: string): unknown {
  return read(() => sessionStorage, name);
}

/**
 * Like {@link writeLocal}, but only while the tab is open.
 * @returns false if the browser refuses storage
 */
export function writeTab(name: string, value: unknown): boolean {
  return write(() => sessionStorage, name, value);
}

/** Removes everything that this site has stored, on log out. */
export function clearStorage(): void {
  for (const area of [() => localStorage, () => sessionStorage]) {
    try {
      const storage = area();
      for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
    } catch {
      // The browser refuses storage, so nothing was stored.
    }
  }
}

// If storage is refused, even accessing `localStorage` throws.
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
