/** When the recording stops by itself: at a time (milliseconds since 1970), at a second of the recording, or never. */
type Deadline = { at: number } | { second: number } | undefined;

/**
 * Stops a recording after some minutes or at the end of the chapter. It is checked at every `timeupdate`, because
 * timers are late in a background page, but a playing recording still fires that event.
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

  /** The minutes left, rounded up; undefined unless the timer counts minutes. */
  get minutesLeft(): number | undefined {
    const deadline = this.#deadline;
    return deadline && 'at' in deadline
      ? Math.max(0, Math.ceil((deadline.at - Date.now()) / 60_000))
      : undefined;
  }

  /** Returns true once, when it is time to stop. */
  isOver(second: number): boolean {
    const deadline = this.#deadline;
    if (!deadline) return false;
    const isOver = 'at' in deadline ? Date.now() >= deadline.at : second >= deadline.second;
    if (isOver) this.#deadline = undefined;
    return isOver;
  }
}
