import { expect, it } from 'vitest';
import { markSameSpeaker } from './transcript.ts';

const line = (t: number, who: string, mark = '') =>
  `<div class="line" id="t-${t}" data-start="${t}" ${mark}data-who="${who}"><p>…</p></div>`;

it('marks a line whose speaker goes on', () => {
  const html = line(1, 'linxia') + line(9, 'linxia') + line(16, 'chenyi');
  expect(markSameSpeaker(html)).toBe(
    line(1, 'linxia') + line(9, 'linxia', 'data-same ') + line(16, 'chenyi'),
  );
});

it('names the speaker again after a heading', () => {
  const html = `${line(1, 'linxia')}<h2 id="s-1">开场</h2>${line(9, 'linxia')}`;
  expect(markSameSpeaker(html)).toBe(html);
});
