/** `mm:ss` or `h:mm:ss`. Minutes may exceed 59 only without hours. */
const TIME = /^(?:(\d{1,2}):([0-5]?\d)|(\d{1,3})):([0-5]\d)$/;

/** Whether a text is a time in the format `[h:]mm:ss`. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/**
 * Parses a time into seconds: `12:34` ⇒ 754, `1:02:03` ⇒ 3723, `75:00` ⇒ 4500.
 * @throws RangeError when the text isn't `[h:]mm:ss`
 */
export function parseTime(text: string): number {
  const match = TIME.exec(text);
  if (!match) throw new RangeError(`not a time of the form [h:]mm:ss: ${JSON.stringify(text)}`);
  const [, hours = '0', minutesOfHour, minutes = minutesOfHour, seconds] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Formats seconds as a time: 754 ⇒ `12:34`, 3723 ⇒ `1:02:03`, 5 ⇒ `0:05`. Fractions of a second are dropped. */
export function formatTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Formats seconds as an ISO 8601 duration for `<time datetime>`: 3723 ⇒ `PT1H2M3S`. */
export function isoDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), 'H'],
    [Math.floor((whole % 3600) / 60), 'M'],
    [whole % 60, 'S'],
  ];
  const text = parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('');
  return `PT${text || '0S'}`;
}
