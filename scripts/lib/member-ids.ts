import { CommandError } from './main.ts';

/** Letters of other alphabets that look like Latin ones, each followed by the Latin letter. */
const drawnAs = new Map(
  [
    ...'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw οo νv αa ιi'.split(' '),
    // Capitals whose small letters look like none.
    ...'Вb Нh Кk Мm Тt Βb Εe Ζz Ηh Κk Μm Νn Ρp Τt Υy Χx'.split(' '),
  ].map(([other = '', latin = '']) => [other, latin]),
);

/** The ids of a members file. No two of them may look alike. */
export class Ids {
  readonly #byShape = new Map<string, string>();

  constructor(members: readonly { id: string }[] = []) {
    for (const { id } of members) this.#byShape.set(shapeOf(id), id);
  }

  /** @throws CommandError when the id is taken, or looks like one that is taken */
  take(id: string, place: string): void {
    const shape = shapeOf(id);
    const like = this.#byShape.get(shape);
    if (like === id) {
      throw new CommandError(
        `${place}: "${id}" is listed twice; keep one line, that with the higher serial. For a new link: npm run members -- reissue ${id}`,
      );
    }
    if (like !== undefined) {
      throw new CommandError(
        `${place}: "${id}" looks like "${like}", and a removal would affect only one of them; rename it`,
      );
    }
    this.#byShape.set(shape, id);
  }
}

/**
 * Returns the look of an id: lower case, with letters of other alphabets replaced by the Latin ones that they resemble.
 */
function shapeOf(id: string): string {
  return id.replace(/./gu, (letter) => {
    const small = letter.toLowerCase();
    return drawnAs.get(letter) ?? drawnAs.get(small) ?? small;
  });
}
