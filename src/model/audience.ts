/** Whom a page is rendered for: `public` (anyone), or the id of a tier. */
export type Audience = string;

/** The lowest tier. Every member belongs to it, and a site without `tiers.yaml` has no other. */
export const LOWEST_TIER = 'members';

/** The id of a tier in front matter, members.yaml, addresses and the sealed format: at most 32 bytes. */
export const TIER_ID = /^[a-z][a-z0-9-]{0,31}$/;

/** Values of `access` in front matter: who may read an entry. `tier` can restrict it further. */
export const ACCESS = ['members', 'public'] as const;

/**
 * Returns the ids of all tiers of a site, lowest first.
 *
 * @param higher - the tiers of `tiers.yaml`, in order
 */
export function tiersOf(higher: Iterable<{ id: string }>): string[] {
  return [LOWEST_TIER, ...Array.from(higher, ({ id }) => id)];
}

/**
 * Returns the audiences whose pieces an audience may read, widest first: `public` and each tier up to its own.
 *
 * @throws RangeError for an audience that is neither `public` nor one of the tiers
 */
export function circlesOf(audience: Audience, tiers: readonly string[]): Audience[] {
  const circles = ['public', ...tiers];
  const at = circles.indexOf(audience);
  if (at < 0) throw new RangeError(`there is no audience "${audience}", only ${circles.join(', ')}`);
  return circles.slice(0, at + 1);
}
