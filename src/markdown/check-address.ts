import type { Attribute } from './components/component.ts';
import type { Add, Placed } from './check-report.ts';
import { kindOfAddress } from './url.ts';
import { shorten } from '../text/shorten.ts';
import { visible } from '../text/visible.ts';

const BESIDE = '把图片放到文章的文件夹里，写成 ./photo.jpg';

/** Checks the address of a link without looking at its target. */
export function checkLink(at: Placed, url: string, add: Add): void {
  if (url === '') add(at, 'unsafe-url', '链接是空的', '写成 [文字](网址)，或者去掉链接');
  else if (kindOfAddress(url) === 'unsafe') {
    unsafe(at, url, '网址以 https:// 开头，站内用相对路径，空格写成 %20，不用反斜杠', add);
  }
}

/** Checks that an image is a local file: another host would learn who reads what. */
export function checkImage(at: Placed, url: string, add: Add): void {
  const kind = kindOfAddress(url);
  if (kind === 'web' || (kind === 'unsafe' && url.startsWith('//'))) {
    add(at, 'remote-image', `图片在别的网站上：${shown(url)}`, '把图片存到文章的文件夹里，写成 ./photo.jpg');
  } else if (kind === 'unsafe') {
    unsafe(at, url, BESIDE, add);
  } else if (kind !== 'file') {
    add(at, 'image-address', `图片地址不对：${shown(url)}`, BESIDE);
  }
}

/** Checks that a recording or attachment is a local file. */
export function checkFile(at: Placed, url: string, rule: Attribute, add: Add): void {
  const kind = kindOfAddress(url);
  if (kind === 'unsafe') unsafe(at, url, rule.what, add);
  else if (kind !== 'file') add(at, 'file-address', `文件地址不对：${shown(url)}`, rule.what);
}

function unsafe(at: Placed, url: string, fix: string, add: Add): void {
  add(at, 'unsafe-url', `不能用这样的地址：${shown(url)}`, fix);
}

function shown(url: string): string {
  return shorten(visible(url), 60);
}
