import { breakdownSchema, type Breakdown } from './breakdown.ts';
import { digestSchema, type Digest } from './digest.ts';
import { discussionSchema, type Discussion } from './discussion.ts';
import type { Form } from './form.ts';
import { noteSchema, type Note } from './note.ts';
import { personSchema, type Person } from './person.ts';
import { talkSchema, type Talk } from './talk.ts';
import { teardownSchema, type Teardown } from './teardown.ts';

/** The parsed front matter of each form. */
export interface Data {
  talks: Talk;
  breakdowns: Breakdown;
  discussions: Discussion;
  teardowns: Teardown;
  notes: Note;
  digests: Digest;
  people: Person;
}

export type DataOf<F extends Form> = Data[F];

/** The schema of each form's front matter. */
export const schemas = {
  talks: talkSchema,
  breakdowns: breakdownSchema,
  discussions: discussionSchema,
  teardowns: teardownSchema,
  notes: noteSchema,
  digests: digestSchema,
  people: personSchema,
} as const;

/** Whether a front matter is a person's. Those of all other forms have a title and a date. */
export function isPerson(data: DataOf<Form>): data is Person {
  return 'joined' in data;
}

/** Returns the files that a front matter names, as written: a breakdown's cover, a talk's recording. */
export function filesIn(data: DataOf<Form>): { cover?: string | undefined; audio?: string | undefined } {
  if ('work' in data) return { cover: data.work.cover };
  return 'audio' in data ? { audio: data.audio } : {};
}
