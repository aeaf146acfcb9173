import { site } from '../site.ts';
import { en } from './en.ts';
import { zhCN, type Texts } from './zh-cn.ts';

const languages: Record<string, Texts> = { 'zh-CN': zhCN, en };

/** The texts of the interface in the site's language. */
export const texts: Texts = languages[site.language] ?? zhCN;
