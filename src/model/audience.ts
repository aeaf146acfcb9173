/** Who a page is rendered for, from the widest to the narrowest circle. A tier is one more name at the end. */
export const AUDIENCES = ['public', 'members'] as const;

export type Audience = (typeof AUDIENCES)[number];

/** Who may read an entry, as its front matter says it. */
export const ACCESS = ['members', 'public'] as const;

export type Access = (typeof ACCESS)[number];

/** Whether this audience may open an entry. Narrower circles read everything that wider ones read. */
export function canRead(audience: Audience, entry: { access: Access }): boolean {
  return AUDIENCES.indexOf(audience) >= AUDIENCES.indexOf(entry.access);
}
