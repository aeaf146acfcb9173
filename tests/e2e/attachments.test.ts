import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import { bothWays, inPlace } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, testSite, withContent, writeFiles } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { lacks, patience } from '../lib/visitor.ts';

const attachment = '<Attachment src="./list.csv" title="名单" />';
const site = withContent(testSite('attachments'), {
  'notes/half/index.mdx': noteOf({ more: 'slug: half\n', body: `开头。\n\n<Members />\n\n${attachment}` }),
  'notes/half/list.csv': '序号,名称\n1,挂钩\n',
  'notes/whole/index.mdx': noteOf({ more: 'slug: whole\n', body: attachment }),
  'notes/whole/list.csv': '序号,名称\n2,门牌\n',
});
let host: PlainHost;
beforeAll(async () => {
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n' });
  await build(site);
  host = await servePlain(site.out, '');
});
afterAll(() => host.close());

function beWeChat(): void {
  const agent = `${navigator.userAgent} MicroMessenger/8.0.50`;
  Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => agent });
}

test.skipIf(lacks('early scripts')).each(bothWays)(
  'a web view that can’t save files says where to save them, $name',
  async ({ options }) => {
    const visitor = await newMember(host.url, { ...options, without: beWeChat });
    await visitor.open(`${host.url}notes/whole/`);
    await visitor.click('.attachment a');
    expect(await visitor.text('.attachment [role="status"]')).toContain('浏览器');
    await visitor.close();
  },
);

describe('an attachment of a page opened in place is saved', () => {
  test('even if the door has run the page’s scripts already, as it shows the beginning', async () => {
    const visitor = await newMember(host.url, inPlace.visitor);
    await visitor.open(`${host.url}notes/half/`);
    await visitor.see('html[data-access="open"] .attachment a');
    await loaded(visitor);
    expect((await visitor.save('.attachment a')).text).toContain('挂钩');
    await visitor.close();
  });

  test('even if it is tapped before the page’s scripts are loaded', async () => {
    const visitor = await newMember(host.url, inPlace.visitor);
    const asked = () => host.requests.filter((url) => url.includes('/a/Body.')).length;
    const before = asked();
    const release = host.hold(/\/a\/Body\./);
    const opening = visitor.open(`${host.url}notes/whole/`);
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(before), patience);
    expect((await visitor.save('.attachment a')).text).toContain('门牌');
    release();
    await opening;
    await visitor.close();
  });
});
