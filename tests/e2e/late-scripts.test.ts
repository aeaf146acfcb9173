import { describe, expect, test, vi } from 'vitest';
import { keptUp } from '../lib/kept.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { lacks, patience, type Visitor } from '../lib/visitor.ts';

const { entries } = await sampleContent('/repo');
const heard = entries.find(({ form, audio, access }) => form === 'talks' && audio && access === 'members')!;

/** Pages that a script fills, or whose controls do nothing without one; the element, and what works once it is there. */
const pages = [
  { address: '/mine/', script: /\/a\/mine\./, element: 'mine-page', works: 'mine-page:not([hidden])' },
  {
    address: '/search/',
    script: /\/a\/search\./,
    element: 'search-results',
    works: 'search-results .search-status',
  },
  {
    address: heard.address,
    script: /\/a\/Player\./,
    element: 'talk-player',
    works: 'html[data-listening] talk-player',
  },
  {
    address: '/compare/',
    script: /\/a\/CaseTable\./,
    element: 'case-table',
    works: 'case-table fieldset:not([hidden])',
  },
  {
    address: '/account/',
    script: /\/a\/account\./,
    element: 'log-out',
    works: 'log-out button:enabled',
  },
  {
    address: '/account/',
    script: /\/a\/OwnLink\./,
    element: 'own-link',
    works: 'own-link button[data-show]:enabled',
  },
];

const failures = {
  'never arrives': {
    begin: (host: PlainHost, script: RegExp) =>
      host.lie((_, url) => (script.test(url) ? { type: 'text/html', bytes: new Uint8Array() } : null)),
    end: (host: PlainHost) => host.lie(),
  },
  hangs: {
    begin: (host: PlainHost, script: RegExp) => host.stall(script),
    end: (host: PlainHost) => host.stall(),
  },
};

const cases = [
  ...pages.map((page) => ({ ...page, how: 'never arrives' as const })),
  // A door also waits for its page's own script, see silent-host.test.ts, but not for that of the player.
  ...pages
    .filter(({ element }) => element === 'talk-player')
    .map((page) => ({ ...page, how: 'hangs' as const })),
];

describe.concurrent.each(modesOnOneBase)('a page $name', ({ base, visitor: options, isInPlace }) => {
  test.for(cases)(
    '$address says so when the script of $element $how, and works after another attempt',
    { timeout: 3 * patience },
    async ({ address, script, element, works, how }, { skip }) => {
      skip(how === 'hangs' && !isInPlace && lacks('scripts that hang in the worker'));
      const host = await serveSample(base);
      const visitor = await newMember(host.url, options);
      try {
        if (!isInPlace) {
          // Pages kept for offline bring their scripts.
          await keptUp(visitor, `${base}/`);
          await visitor.evaluate((name) => caches.delete(name), `gate ${base}/ theme`);
        }
        failures[how].begin(host, script);
        // The driver waits for a script that hangs, too.
        await visitor.open(host.at(address)).catch(() => undefined);
        await vi.waitFor(
          async () => expect(await isShown(visitor, `${element} > .late`)).toBe(true),
          patience,
        );
        failures[how].end(host);
        await visitor.click(`${element} > .late a`);
        await visitor.see(works);
        expect(await isShown(visitor, `${element} > .late`)).toBe(false);
      } finally {
        await visitor.close();
        await host.close();
      }
    },
  );
});

function isShown(visitor: Visitor, selector: string): Promise<boolean> {
  return visitor
    .evaluate((wanted) => {
      const shown = document.querySelector(wanted);
      return !!shown?.checkVisibility({ visibilityProperty: true }) && shown.clientHeight > 20;
    }, selector)
    .catch(() => false);
}
