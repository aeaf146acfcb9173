import { readFrontMatter } from '../../src/markdown/frontmatter.ts';
import { spotOf, spotsIn, type Spot } from '../../src/markdown/spot.ts';
import type { Form } from '../../src/model/form.ts';
import { schemas } from '../../src/model/schemas.ts';

/** A source, with the places of its parts. */
export interface Places {
  source: string;
  /** Returns the place of a front matter field's value, or the top of the file if the field is missing. */
  placeOf: (field: string) => Spot;
  /** Returns the place of an offset. */
  placeAt: (offset: number) => Spot;
}

/** Finds the places of a source. Its front matter is only parsed when one is asked for. */
export function placesIn(source: string, form: Form): Places {
  let places: Record<string, [number, number]> | undefined;
  return {
    source,
    placeOf: (field) => {
      places ??= readFrontMatter(source, schemas[form]).places;
      return spotOf(places[field]);
    },
    placeAt: spotsIn(source),
  };
}
