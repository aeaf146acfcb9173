import { expect, test } from 'vitest';
import { contentsOf } from './outline.ts';
import { shareImage } from './share-image.ts';

test('the share image is the cover or the first picture of the text, not one inside an attribute', () => {
  const html =
    '<p><a title="<img src=/no>" href="/x">甲</a><img alt="乙" src="/yes.webp"></p><img src="/no">';
  expect(shareImage({}, html)).toBe('/yes.webp');
  expect(shareImage({}, '<p><a title="<img" href="/x">甲</a></p>')).toBeUndefined();
  expect(shareImage({ cover: { src: '/cover.webp' } as never }, html)).toBe('/cover.webp');
});

test.each(['<img', '<h2', '<h2 id='])(
  'a title attribute that repeats %j is read in linear time',
  { timeout: 5000 },
  (part) => {
    const html = `<h2 id="a">甲</h2><p><a title="${part.repeat(200_000)}" href="/x">乙</a></p>`;
    expect(shareImage({}, html)).toBeUndefined();
    expect(contentsOf([{ component: 'prose', html }])).toEqual([{ id: 'a', text: '甲', depth: 2 }]);
  },
);
