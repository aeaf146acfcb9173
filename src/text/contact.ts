import { site } from '../site.ts';

/**
 * Whom to ask, and how, as pages say it. In Chinese text a browser may break a line between an @ and the name after it;
 * a word joiner keeps them together.
 */
export const contact = {
  who: site.contact.who,
  how: site.contact.how.replace(/@(?=\p{Script=Han})/gu, '@\u2060'),
};
