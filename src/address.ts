import { readEnvironment } from './environment.ts';

const { base } = readEnvironment();

/** The logical address of a URL's path. */
export function logicalAddress(path: string): string {
  return decodeURI(path.slice(base.length));
}

/** A logical address of the site (`/talks/x/#t-3`) as a link must write it, with the base. */
export function link(address: string): string {
  return base + address;
}
