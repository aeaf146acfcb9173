/* global addEventListener, document, localStorage */
// Blocking, in the <head> of every page: sets theme and text size before the first paint, and says that scripts run, so
// that what needs them takes its place at once. Plain JavaScript, because it is published as it stands (`?url`).
// <display-menu> stores what it reads, through src/storage.ts, and tells of what is chosen in an event `display`.
// In a block of its own: a page opened in place runs it where its door has run it.
{
  const { dataset } = document.documentElement;

  /** What was chosen. A browser that keeps nothing follows the system. */
  const kept = (name) => {
    try {
      return JSON.parse(localStorage.getItem(`jinghua ${dataset.base} ${name}`));
    } catch {
      return null;
    }
  };

  /** The browser's own bar follows, too, and the blank page before there are styles. */
  const mediaOf = (colours) => {
    if (!dataset.theme) return `(prefers-color-scheme: ${colours})`;
    return colours === dataset.theme ? 'all' : 'not all';
  };

  const apply = ({ theme, textSize }) => {
    delete dataset.theme;
    delete dataset.textSize;
    if (theme === 'light' || theme === 'dark') dataset.theme = theme;
    if (textSize === 'small' || textSize === 'large' || textSize === 'largest') dataset.textSize = textSize;
    document.querySelector('meta[name="color-scheme"]').content = dataset.theme ?? 'light dark';
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.media = mediaOf(meta.dataset.theme);
    }
  };

  dataset.scripts = '';
  apply({ theme: kept('theme'), textSize: kept('text-size') });
  addEventListener('display', ({ detail }) => apply(detail));
}
