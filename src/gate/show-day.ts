/** Shows a day (YYYY-MM-DD) in the language of the page: 2026 年 11 月 20 日, as pages write it. */
export function showDay(time: HTMLTimeElement, day: string): void {
  time.dateTime = day;
  time.textContent = new Date(`${day}T00:00`)
    .toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' })
    // HTML collapses the double spaces that this makes.
    .replace(/\b(?=[\d年月日])/g, ' ');
}
