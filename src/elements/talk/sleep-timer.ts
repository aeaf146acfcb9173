/** When the recording stops by itself: at a point of time (milliseconds), at a second of the recording, or never. */
type Deadline = { at: number } | { second: number } | undefined;

/**
 * Stops a recording after some minutes or at the end of the chapter. Looked at with every `timeupdate`, because a page
 * in the background gets no timers on time, but a recording that plays goes on telling its time.
 */
export class SleepTimer {
  #deadline: Deadline;

  /**
   * @param choice - minutes, `chapter`, or '' for never
   * @param chapterEnd - seconds
   */
  set(choice: string, chapterEnd: number): void {
    if (choice === 'chapter') this.#deadline = { second: chapterEnd };
    else this.#deadline = choice === '' ? undefined : { at: Date.now() + Number(choice) * 60_000 };
  }

  /** Whole minutes that are left, where it counts minutes. */
  get minutesLeft(): number | undefined {
    const deadline = this.#deadline;
    return deadline && 'at' in deadline
      ? Math.max(0, Math.ceil((deadline.at - Date.now()) / 60_000))
      : undefined;
  }

  /** True once, when it is time to stop. */
  isOver(second: number): boolean {
    const deadline = this.#deadline;
    if (!deadline) return false;
    const isOver = 'at' in deadline ? Date.now() >= deadline.at : second >= deadline.second;
    if (isOver) this.#deadline = undefined;
    return isOver;
  }
}
