import { dayInShanghai } from '../../src/model/week.ts';
import { parseRoot, siteTagOf, type Root } from '../../src/vault/index.ts';
import { reasonOf } from '../lib/plainly.ts';
import { usableSecret } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import { ask, isSecure, largestFile, largestRoot, type Answer } from '../verify/ask.ts';
import { minutesAhead } from '../verify/clock.ts';
import { missingGuards } from '../verify/headers.ts';
import { error, ok, unknown, warning, type Diagnosis } from './diagnosis.ts';

/** Hosts that serve the sites of many accounts, or all sites of one account, from one origin. */
const shared = /(^|\.)(github\.io|gitee\.io|gitlab\.io)$/;

/** How many minutes a clock may be off. The date decides who has expired and which entries are due. */
const tolerance = 10;

/** Checks the published site, and compares this machine's clock with the host's. */
export async function examineSite(settings: Settings): Promise<Diagnosis[]> {
  const { site, base, date } = settings;
  const today = dayInShanghai(new Date());
  const day =
    date === today
      ? ok('date', `${date}, today in Shanghai`)
      : warning('date', `KB_DATE is ${date}, but today is ${today}`, 'unset KB_DATE unless this is intended');
  if (!site) return [day, unknown('site', 'KB_SITE is not set, so the host was not checked')];

  const url = new URL(site);
  const diagnoses = [day];
  if (!isSecure(site)) {
    diagnoses.push(
      error('https', `${site} is plain http: browsers can't open anything there`, 'serve it over https'),
    );
  }
  if (base !== '' || shared.test(url.hostname)) {
    diagnoses.push(
      warning(
        'origin',
        `other pages of ${url.origin} share this site's storage: their scripts could use a member's keys`,
        'give the site its own host name',
      ),
    );
  }
  const answer = await ask(`${site}/root`, largestRoot);
  if (typeof answer === 'string') return [...diagnoses, unknown('site', `${site}/root: ${answer}`)];
  return [
    ...diagnoses,
    examineClock(answer),
    ...(await examineRoot(settings, answer)),
    ...(await examineHeaders(site)),
  ];
}

function examineClock(answer: Answer): Diagnosis {
  const minutes = minutesAhead(answer);
  if (minutes === undefined) return unknown('clock', 'the host does not report its time');
  return Math.abs(minutes) <= tolerance
    ? ok('clock', 'agrees with the host')
    : error(
        'clock',
        `${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} the host's`,
        'set this machine’s clock, and check the host’s',
      );
}

async function examineRoot(settings: Settings, { status, body }: Answer): Promise<Diagnosis[]> {
  if (status !== 200) return [unknown('site', `${settings.site!}/root: the host answers ${status}`)];
  let root: Root;
  try {
    root = parseRoot(body);
  } catch (cause) {
    return [error('site', `its root is not a valid root file: ${reasonOf(cause)}`, 'publish again')];
  }
  const secret = usableSecret(settings);
  const isOurs = secret === null ? null : (await siteTagOf(secret)) === root.siteTag;
  const found = `build ${root.build}, of ${root.date}`;
  if (isOurs === false) {
    return [error('site', `${found}, sealed with a different secret than yours`, 'set the right KB_SECRET')];
  }
  return root.date > settings.date
    ? [error('site', `${found}: later than today on this machine`, 'check KB_DATE and the clock')]
    : [ok('site', found)];
}

async function examineHeaders(site: string): Promise<Diagnosis[]> {
  const page = await ask(`${site}/`, largestFile);
  if (typeof page === 'string') return [unknown('headers', page)];
  const missing = missingGuards(page);
  return missing.length === 0
    ? [ok('headers', 'all sent')]
    : [warning('headers', `the host does not send ${missing.join(', ')}`, 'use the settings in hosts/')];
}
