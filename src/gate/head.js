{
  const strip = () => {
    const url = new URL(location);
    const given = new URLSearchParams(url.hash.slice(1));
    const key = given.get('key');
    if (key === null) return;
    url.hash = given.get('to') ?? '';
    history.replaceState(history.state, '', url);
    window.gateKey = key;
    dispatchEvent(new Event('gate:key'));
  };
  strip();
  addEventListener('hashchange', strip);
}
{
  const { dataset } = document.documentElement;
  const kept = (name, area = 'local') => {
    try {
      return JSON.parse(window[`${area}Storage`].getItem(`jinghua ${dataset.base} ${name}`));
    } catch {
      return null;
    }
  };
  const set = (name, value, known) => {
    if (known.includes(value)) dataset[name] = value;
    else delete dataset[name];
  };
  const apply = ({ theme, textSize }) => {
    set('theme', theme, ['light', 'dark']);
    set('textSize', textSize, ['small', 'large', 'largest']);
    const chosen = dataset.theme;
    document.querySelector('meta[name="color-scheme"]').content = chosen ?? 'light dark';
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      const own = meta.dataset.theme;
      meta.media = chosen ? (own === chosen ? 'all' : 'not all') : `(prefers-color-scheme: ${own})`;
    }
  };
  dataset.scripts = '';
  if (window.gateKey ?? kept('workerless', 'session') ?? kept('visit', 'session')) dataset.opening = '';
  apply({ theme: kept('theme'), textSize: kept('text-size') });
  addEventListener('display', ({ detail }) => apply(detail));
}
