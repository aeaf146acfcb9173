/** The last of ascending `starts` that is at or before `time`; -1 before the first. */
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

/** Where the sentence begins that holds the character at `offset`: `一句。另一句。`, 5 ⇒ 3. */
export function sentenceStart(text: string, offset: number): number {
  const before = text.slice(0, offset);
  const end = /[。！？!?…；;]["”’」』）)]*(?=[^。！？!?…；;"”’」』）)]*$)/u.exec(before);
  return end ? end.index + end[0].length : 0;
}

/**
 * When a sentence within a line is said. Writers time lines, not sentences; people speak evenly enough for the share of
 * the characters before it to be the share of the time.
 *
 * @param start - of the line, in seconds
 * @param end - of the line, in seconds; missing where it isn't known
 * @param share - of the line's characters that stand before the sentence, 0 to 1
 */
export function secondOfSentence(start: number, end: number | undefined, share: number): number {
  return end === undefined || end <= start ? start : start + (end - start) * share;
}

/** The second from which a link asks to play at once: 760 of `#t=754&play=760`, as results of a search lead here. */
export function playFrom(hash: string): number | undefined {
  const second = /^#t=[\d.]+&play=(\d+(?:\.\d+)?)$/.exec(hash)?.[1];
  return second === undefined ? undefined : Number(second);
}

/** Seconds of `#t=754` or of a line's own `#t-754`; undefined for any other fragment. */
export function secondsOf(hash: string): number | undefined {
  const seconds = /^#t[=-](\d+(?:\.\d+)?)/.exec(hash)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
