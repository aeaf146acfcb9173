/** Whether a value has the form YYYY-MM-DD. The format doesn't check that the day exists in the calendar. */
export function isDateShaped(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
