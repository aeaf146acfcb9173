import type { Known } from './imported.ts';

/** What somebody says in a subtitle. */
export interface Said {
  /** As the file names the speaker; `undefined` if it doesn't. */
  who: string | undefined;
  /** Seconds. */
  from: number;
  to: number;
  text: string;
  /** Whether somebody else than before begins to speak, whom the file may not name. */
  isTurn?: boolean;
}

/** `林夏`, `发言人 1`, and names of several words, as in Zoom: `Lin Xia`, `林夏 Vivian (主持)`. */
const SHORT_NAME = String.raw`[^\s：:，。？！,.?!“”]{1,12}(?: ?\d{1,2})?`;
const WORD_OF_NAME = String.raw`(?:\p{Lu}[\p{L}'’.-]{0,19}|\p{Script=Han}{1,4}|\d{1,2}|[（(][^\s：:()（）]{1,12}[)）])`;
/** The dash before what each of several people says in one cue; before a digit it is a minus. */
const DASH = /^[-‐–—]{1,2}(?:\s+|(?=[^\s\d‐–—-]))/;
const SPEAKER = new RegExp(
  String.raw`(?:${DASH.source}|^)[[（(【]?(${SHORT_NAME}|${WORD_OF_NAME}(?: ${WORD_OF_NAME}){0,3})[\]）)】]?\s*[：:]\s*`,
  'u',
);

/**
 * Splits `林夏：大家好` into speaker and text. What is before a colon is a speaker if people/ knows the name, if it occurs
 * more than once, or if it begins the first cue: `注意：先别建群` names nobody. A later line of a cue begins another speech
 * if people/ knows the name, or if the cue begins with a speaker too.
 */
export function speakersIn(cues: Said[], known: Known): Said[] {
  const turns = cues.flatMap(turnsIn);
  const counts = new Map<string, number>();
  for (const name of turns.flatMap(({ text }) => text.split('\n').flatMap((line) => labelOf(line) ?? []))) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const first = labelOf(turns[0]?.text ?? '');
  const isSpeaker = (name: string | undefined): name is string =>
    name !== undefined && (known.idOf(name) !== undefined || counts.get(name)! > 1 || name === first);
  let last: string | undefined;
  return turns.flatMap((turn) => {
    const lines = turn.text.split('\n');
    const isDialogue = isSpeaker(labelOf(lines[0]!));
    const blocks = blocksAt(lines, (line) => {
      const name = labelOf(line);
      return isSpeaker(name) && (isDialogue || known.idOf(name) !== undefined);
    });
    return blocks.map((block) => {
      const text = block.join('\n');
      const name = labelOf(text);
      if (isSpeaker(name)) {
        last = turn.who ?? name;
        return { ...turn, who: last, text: text.replace(SPEAKER, '') };
      }
      if (turn.isTurn) return { ...turn, text };
      // A speaker continues until another one is named.
      last = turn.who ?? last;
      return { ...turn, who: last, text };
    });
  });
}

/** Splits a cue in which several people speak, each on a line of their own that begins with a dash: `- 你好\n- 你好`. */
function turnsIn(cue: Said): Said[] {
  const lines = cue.text.split('\n').map((line) => line.trim());
  if (cue.who !== undefined || !DASH.test(lines[0]!)) return [cue];
  if (lines.filter((line) => DASH.test(line)).length < 2) return [cue];
  return blocksAt(lines, (line) => DASH.test(line)).map((block) => ({
    ...cue,
    text: block.join('\n').replace(DASH, ''),
    isTurn: true,
  }));
}

/** Splits lines into blocks, each of which begins with a line that `begins` one. */
function blocksAt(lines: readonly string[], begins: (line: string) => boolean): string[][] {
  const blocks: string[][] = [];
  for (const line of lines) {
    if (blocks.length === 0 || begins(line)) blocks.push([]);
    blocks.at(-1)!.push(line);
  }
  return blocks;
}

const labelOf = (line: string): string | undefined => SPEAKER.exec(line)?.[1];
