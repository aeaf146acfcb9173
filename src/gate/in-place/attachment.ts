import { logicalPath } from '../../worker/address.ts';
import { answerSealed } from './fetch.ts';
import { shownText } from './text.ts';

/** Saves attachments under their own names when their links are followed. */
export function saveAttachments(base: URL): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const path = link && logicalPath(new URL(link.href), base);
    if (!path?.startsWith('/media/')) return;
    event.preventDefault();
    if (canSave()) void save(link!, path);
    else tell(link!);
  });
}

async function save(link: HTMLAnchorElement, path: string): Promise<void> {
  const opened = await answerSealed(path).catch(() => null);
  const saving = document.createElement('a');
  saving.href = opened ? URL.createObjectURL(await opened.blob()) : link.href;
  saving.download = path.slice(path.lastIndexOf('/') + 1);
  saving.click();
}

/** Says where it can be saved; once. */
function tell(link: HTMLAnchorElement): void {
  const note = link.nextElementSibling;
  if (note?.getAttribute('role') === 'status') return;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  said.append(shownText('save-elsewhere'));
  link.after(' ', said);
}

/** Web views of chat apps, and those of other apps on iOS, save nothing, without saying so. */
function canSave(): boolean {
  const { userAgent } = navigator;
  const isAppleView = /iP(?:hone|ad|od)/.test(userAgent) && !userAgent.includes('Safari/');
  return !isAppleView && !/MicroMessenger|QQ\/|Weibo|DingTalk|AlipayClient|; wv\)/.test(userAgent);
}
