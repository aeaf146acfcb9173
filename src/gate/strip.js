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
