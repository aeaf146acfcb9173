/** The width that help texts are written for, in characters. */
const written = 120;
/** A column of descriptions with less room than this (in characters) gives way to an indentation of `shallow`. */
const leastRoom = 30;
const shallow = 4;

/**
 * Wraps a help text for a narrower terminal: breaks lines between words, and keeps descriptions in their column.
 *
 * @param columns - the terminal's width in characters; undefined if the output is none
 */
export function wrap(text: string, columns: number | undefined): string {
  if (columns === undefined || columns >= written) return text;
  return joined(text.split('\n'))
    .flatMap((line) => wrapLine(line, columns))
    .join('\n');
}

/** Undoes the line breaks within sentences: where the first word of the next line had no room. */
function joined(lines: string[]): string[] {
  const whole: string[] = [];
  let before = '';
  for (const line of lines) {
    const words = line.trimStart();
    const isRest = line.length - words.length === hangOf(before) && words !== '' && !before.endsWith('.');
    if (isRest && before.length + 1 + words.split(' ')[0]!.length > written) {
      whole.push(`${whole.pop()!} ${words}`);
    } else {
      whole.push(line);
    }
    before = line;
  }
  return whole;
}

/** Returns where the text of a line goes on in the next: below its description, or below its beginning. */
function hangOf(line: string): number {
  const [start = ''] = /^\s*(?:\S+ )*\S+ {2,}(?=\S)/.exec(line) ?? /^\s*/.exec(line)!;
  return start.length;
}

function wrapLine(line: string, columns: number): string[] {
  if (line.length <= columns || /\p{Script=Han}/u.test(line)) return [line];
  const column = hangOf(line);
  const isSqueezed = columns - column < leastRoom;
  const hang = ' '.repeat(isSqueezed ? shallow : column);
  const start = line.slice(0, column);
  const lines = isSqueezed ? [start.trimEnd()] : [];
  let current = isSqueezed ? hang : start;
  let isEmpty = true;
  for (const word of line.slice(column).split(' ')) {
    if (!isEmpty && current.length + 1 + word.length > columns) {
      lines.push(current);
      [current, isEmpty] = [hang, true];
    }
    current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current];
}
