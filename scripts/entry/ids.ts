import type { Values } from './values.ts';

/** Whether a field of front matter names people. */
export function isOfPeople(path: string): boolean {
  return /^(?:speakers|asked_by|people\.\w+)$/.test(path);
}

/** Front matter with ids where people were given by their names, as anyone types them; who is not known stays as typed. */
export function withIds(values: Values, idOf: (name: string) => string | undefined): Values {
  const idFor = (name: string) => idOf(name) ?? name;
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => {
      if (!isOfPeople(path)) return [path, value];
      if (Array.isArray(value)) return [path, value.map(idFor)];
      return [path, typeof value === 'string' ? idFor(value) : value];
    }),
  );
}
