/** The references in a front matter, as written: ids of people, topics and a series. */
export interface Named {
  people: Record<string, string[] | undefined>;
  topics: string[];
  series?: string | undefined;
  speakers?: string[];
  asked_by?: string;
}

/**
 * Reads the references from a front matter that doesn't match its schema, so that its writer sees all findings at once.
 */
export function namedIn(raw: unknown): Named {
  const { people, topics, series, speakers, asked_by } = fieldsOf(raw);
  return {
    people: Object.fromEntries(Object.entries(fieldsOf(people)).map(([part, ids]) => [part, idsIn(ids)])),
    topics: topics === undefined ? [] : idsIn(topics),
    ...(isId(series) ? { series: series.trim() } : {}),
    ...(speakers === undefined ? {} : { speakers: idsIn(speakers) }),
    ...(isId(asked_by) ? { asked_by: asked_by.trim() } : {}),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Longer lists have already been reported by the schema. */
const MOST = 20;

/**
 * Reads one id or a list of ids. An invalid one becomes an empty string, so that the others keep their index, by which
 * their position is found.
 */
function idsIn(value: unknown): string[] {
  return [value]
    .flat()
    .slice(0, MOST)
    .map((id) => (isId(id) ? id.trim() : ''));
}

/** Longer ids have already been reported by the schema. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 80;
}
