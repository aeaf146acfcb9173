/** The address of an entry by its id (FORM/SLUG), never taken from a log, and of a place in it. */
export function addressOf(id: string, place?: string): string {
  const [form = '', slug = ''] = id.split('/');
  return `${__BASE__}${form}/${encodeURIComponent(slug)}/${place ? `#${encodeURIComponent(place)}` : ''}`;
}
