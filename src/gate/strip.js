/* global addEventListener, history, location, window */
{
  const strip = () => {
    const url = new window.URL(location);
    const given = new window.URLSearchParams(url.hash.slice(1));
    const key = given.get('key');
    if (key === null) return;
    url.hash = given.get('to') ?? '';
    history.replaceState(history.state, '', url);
    window.gateKey = key;
    window.dispatchEvent(new window.Event('gate:key'));
  };
  strip();
  addEventListener('hashchange', strip);
}
