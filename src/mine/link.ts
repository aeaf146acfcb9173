/** The address of an entry, or a place in it, built from its id (FORM/SLUG): a log never contains addresses. */
export function addressOf(id: string, place?: string): string {
  const [form = '', slug = ''] = id.split('/');
  return `${__BASE__}${form}/${encodeURIComponent(slug)}/${place ? `#${encodeURIComponent(place)}` : ''}`;
}
