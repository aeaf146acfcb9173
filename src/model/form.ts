/** The forms of content. Each has a folder in `content/`, a schema, and its name as the first part of addresses. */
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

/** Whether a folder name or address segment is one of the forms. */
export function isForm(value: string): value is Form {
  return (FORMS as readonly string[]).includes(value);
}

/** The sections of the site, in the order of the navigation: lists of one form, and pages that gather from all pieces. */
export const SECTIONS = [
  'talks',
  'breakdowns',
  'discussions',
  'teardowns',
  'notes',
  'digests',
  'topics',
  'series',
  'people',
  'quotes',
] as const satisfies (Form | 'topics' | 'series' | 'quotes')[];

export type Section = (typeof SECTIONS)[number];

/**
 * The pages that writers may link to by address, besides entries, topics and series. Links to other pages are refused.
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
