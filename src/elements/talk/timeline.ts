/** The index of the last of ascending `starts` that is at or before `time`; -1 before the first. */
export function indexAt(starts: readonly number[], time: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The start of the sentence that contains the character at `offset`: `一句。另一句。`, 5 ⇒ 3. */
export function sentenceStart(text: string, offset: number): number {
  const before = text.slice(0, offset);
  const end = /[。！？!?…；;]["”’」』）)]*(?=[^。！？!?…；;]*$)/u.exec(before);
  return end ? end.index + end[0].length : 0;
}

/**
 * Estimates the second at which a sentence within a line is spoken. Writers give times of lines, not of sentences, but
 * people speak evenly enough to interpolate by the number of characters.
 *
 * @param start - start of the line, in seconds
 * @param end - end of the line, in seconds; undefined when unknown
 * @param share - the share of the line's characters before the sentence, 0 to 1
 */
export function secondOfSentence(start: number, end: number | undefined, share: number): number {
  return end === undefined || end <= start ? start : start + (end - start) * share;
}

/**
 * The second from which a search result's link asks to play: 760 of `#t=754&play=760`; undefined for other fragments.
 */
export function playFrom(hash: string): number | undefined {
  const second = /^#t=[\d.]+&play=(\d+(?:\.\d+)?)$/.exec(hash)?.[1];
  return second === undefined ? undefined : Number(second);
}

/** Seconds of `#t=754` or of a line's own `#t-754`; undefined for any other fragment. */
export function secondsOf(hash: string): number | undefined {
  const seconds = /^#t[=-](\d+(?:\.\d+)?)/.exec(hash)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
