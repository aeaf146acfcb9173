import { readEnvironment } from './environment.ts';

const { base } = readEnvironment();

/** A logical address of the site (`/talks/x/#t-3`) as a link must write it, with the base. */
export function link(address: string): string {
  return base + address;
}
