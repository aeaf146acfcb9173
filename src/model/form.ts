/** The forms of content. Each is a folder of `content/`, the first part of an address, and one schema. */
export const FORMS = [
  'talks',
  'breakdowns',
  'discussions',
  'teardowns',
  'notes',
  'digests',
  'people',
] as const;

export type Form = (typeof FORMS)[number];

/** Whether a folder or address segment is one of the forms. */
export function isForm(value: string): value is Form {
  return (FORMS as readonly string[]).includes(value);
}

/**
 * The pages that writers may link to by address, beside entries, topics and series.
 * A page that is missing here can't be linked to from an entry.
 */
export const SITE_PAGES: readonly string[] = [
  '/',
  ...FORMS.map((form) => `/${form}/`),
  '/topics/',
  '/series/',
  '/quotes/',
  '/search/',
  '/start/',
  '/timeline/',
  '/awards/',
  '/compare/',
  '/mine/',
];
