/** Who a page is rendered for: everybody (`public`), or the members of a tier. */
export type Audience = string;

/** The lowest tier: every member is of it, and a site without `tiers.yaml` has no other. */
export const LOWEST_TIER = 'members';

/** How a tier is named in front matter, in members.yaml, in addresses and in the sealed format: at most 32 bytes. */
export const TIER_ID = /^[a-z][a-z0-9-]{0,31}$/;

/** Who may read an entry, as its front matter says it; `tier` narrows it down. */
export const ACCESS = ['members', 'public'] as const;

/**
 * The tiers of a site, lowest first.
 *
 * @param higher - those of `tiers.yaml`, in order
 */
export function tiersOf(higher: Iterable<{ id: string }>): string[] {
  return [LOWEST_TIER, ...Array.from(higher, ({ id }) => id)];
}

/**
 * Whose pieces an audience may read, the widest circle first: `public` and each tier up to its own.
 *
 * @throws RangeError for an audience that is neither `public` nor one of the tiers
 */
export function circlesOf(audience: Audience, tiers: readonly string[]): Audience[] {
  const circles = ['public', ...tiers];
  const at = circles.indexOf(audience);
  if (at < 0) throw new RangeError(`there is no audience "${audience}", only ${circles.join(', ')}`);
  return circles.slice(0, at + 1);
}
