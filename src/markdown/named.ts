/** What a front matter names elsewhere: people, topics and a series, by what its writer takes for their ids. */
export interface Named {
  people: Record<string, string[] | undefined>;
  topics: string[];
  series?: string | undefined;
  speakers?: string[];
  asked_by?: string;
}

/** Reads it from a front matter that doesn't fit its form, so that its writer sees all that is wrong at once. */
export function namedIn(raw: unknown): Named {
  const { people, topics, series, speakers, asked_by } = fieldsOf(raw);
  return {
    people: Object.fromEntries(Object.entries(fieldsOf(people)).map(([part, ids]) => [part, idsIn(ids)])),
    topics: Array.isArray(topics) ? idsIn(topics) : [],
    ...(isId(series) ? { series: series.trim() } : {}),
    ...(Array.isArray(speakers) ? { speakers: idsIn(speakers) } : {}),
    ...(isId(asked_by) ? { asked_by: asked_by.trim() } : {}),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** More than a list may have has been complained of as well. */
const MOST = 20;

/** One or a list of them; what is none keeps its place, as that is how those after it are found. */
function idsIn(value: unknown): string[] {
  return [value]
    .flat()
    .slice(0, MOST)
    .map((id) => (isId(id) ? id.trim() : ''));
}

/** What is longer has been complained of. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 80;
}
