// First in every <head>: takes a key off the address before anything else reads it, and hands it over in memory.
// Published as it stands (`?url`), so short.
/* global window */
{
  const strip = () => {
    const url = new window.URL(window.location.href);
    const given = new window.URLSearchParams(url.hash.slice(1));
    const key = given.get('key');
    if (key === null) return;
    url.hash = given.get('to') ?? '';
    window.history.replaceState(window.history.state, '', url);
    window.gateKey = key;
    window.dispatchEvent(new window.Event('gate:key'));
  };
  strip();
  window.addEventListener('hashchange', strip);
}
