/* global document, localStorage */
// Blocking, in the <head> of every page: sets the theme before the first paint, and says that scripts run, so that what
// needs them takes its place at once. Plain JavaScript, because it is published as it stands (`?url`); <theme-switch>
// stores what it reads, through src/storage.ts.
document.documentElement.dataset.scripts = '';
try {
  const { dataset } = document.documentElement;
  const theme = JSON.parse(localStorage.getItem(`jinghua ${dataset.base} theme`));
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
} catch {
  // A browser that keeps nothing follows the system.
}
