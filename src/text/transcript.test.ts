import { expect, test } from 'vitest';
import { dressTranscript } from './transcript.ts';

const line = (t: number, who: string, mark = '', face = '') =>
  `<div class="line" id="t-${t}" data-start="${t}" ${mark}data-who="${who}"><p class="line-head">${face}…</p></div>`;
const face = (initial: string, tint: number) =>
  `<span class="line-face initial tint-${tint}" aria-hidden="true" data-search-ignore>${initial}</span>`;

const names: Record<string, string> = {
  linxia: '林夏',
  chenyi: '陈一',
  '<x>': '<b>x',
  long: '张小龙',
  longer: '司马相如',
  lucy: 'Lucy',
  kate: 'Katherine',
};
const dress = (html: string) => dressTranscript(html, (id) => names[id] ?? id);

test('gives a line its speaker’s initial, and marks a line by the same speaker as the one before', () => {
  expect(dress(line(1, 'linxia') + line(9, 'linxia') + line(16, 'chenyi'))).toBe(
    line(1, 'linxia', '', face('林', 2)) +
      line(9, 'linxia', 'data-same ') +
      line(16, 'chenyi', '', face('陈', 0)),
  );
});

test('names the speaker again after a heading', () => {
  const html = `${line(1, 'linxia')}<h2 id="s-1">开场</h2>${line(9, 'linxia')}`;
  expect(dress(html)).not.toContain('data-same');
});

test('does not write the markup in a name', () => {
  expect(dress(line(1, '<x>'))).toContain('data-search-ignore>b</span>');
});

test('puts the names above the words if one of them does not fit the margin', () => {
  const above = 'class="lines named-above"';
  const lines = (...all: string[]) =>
    dress(`<div class="lines full">${all[0]!}</div><div class="lines">${all[1]!}</div>`);
  const fitting = lines(line(1, 'long'), line(9, 'lucy'));
  expect(fitting).not.toContain('named-above');
  for (const who of ['longer', 'kate']) {
    const html = lines(line(1, 'linxia'), line(9, who));
    expect(html).toContain('class="lines named-above full"');
    expect(html).toContain(above);
  }
});
