/** Whether a value is written like a day, YYYY-MM-DD; whether the calendar has it is nothing that the format looks at. */
export function isDateShaped(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
