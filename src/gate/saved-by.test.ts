import { expect, test } from 'vitest';
import { savedBy } from './saved-by.ts';

const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const iPhone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) ${webKit}`;
const android = 'Mozilla/5.0 (Linux; Android 14; PHZ110) AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  ['Safari on an iPhone', `${iPhone} Version/18.3 Mobile/15E148 Safari/604.1`, 'page', 'page'],
  ['Chrome on an iPhone', `${iPhone} CriOS/131.0.6778.103 Mobile/15E148 Safari/604.1`, 'page', 'page'],
  ['WebKitGTK', `Mozilla/5.0 (X11; Linux x86_64) ${webKit} Version/26.0 Safari/605.1.15`, 'page', 'page'],
  ['Chrome', `${android} Chrome/131.0.0.0 Mobile Safari/537.36`, 'browser', 'page'],
  ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'browser', 'page'],
  ['WeChat', `${android} Chrome/122.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50`, 'nobody', 'nobody'],
  ['a web view on iOS', `${iPhone} Mobile/15E148`, 'nobody', 'nobody'],
])('knows what can save an attachment in %s', (_, userAgent, withWorker, inPlace) => {
  expect(savedBy(userAgent, false)).toBe(withWorker);
  expect(savedBy(userAgent, true)).toBe(inPlace);
});
