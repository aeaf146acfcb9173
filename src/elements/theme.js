/* global document, localStorage */
// Blocking, in the <head> of every page: sets the theme before the first paint. Plain JavaScript, because it is
// published as it stands (`?url`); <theme-switch> stores what it reads.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing follows the system.
}
