import { readEnvironment } from './environment.ts';

const { base } = readEnvironment();

/** Returns the logical address for a URL path: the path without the base, with percent-encoding decoded. */
export function logicalAddress(path: string): string {
  return decodeURI(path.slice(base.length));
}

/** Returns a logical address (`/talks/x/#t-3`) with the base in front, as links in pages need it. */
export function link(address: string): string {
  return base + address;
}
