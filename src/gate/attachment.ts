import { savedBy } from './saved-by.ts';
import { shownText } from './shown-text.ts';

/**
 * Saves attachments of an opened page under their own names when their links are followed. Calling it again in the same
 * document changes nothing.
 */
export function saveAttachments(): void {
  document.addEventListener('click', follow);
}

function follow(event: MouseEvent): void {
  const { access, inPlace } = document.documentElement.dataset;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (access !== 'open' || !link?.matches('.attachment a')) return;
  const by = savedBy(navigator.userAgent, inPlace !== undefined);
  if (by === 'browser') return;
  event.preventDefault();
  if (by === 'page') void save(link);
  else tell(link);
}

async function save({ href }: HTMLAnchorElement): Promise<void> {
  const file = await fetch(href)
    .then((response) => (response.ok ? response.blob() : null))
    .catch(() => null);
  const saving = document.createElement('a');
  saving.href = file ? URL.createObjectURL(file) : href;
  saving.download = decodeURIComponent(href.slice(href.lastIndexOf('/') + 1));
  saving.click();
}

/** Says, once per link, where the attachment can be saved. */
function tell(link: HTMLAnchorElement): void {
  const note = link.nextElementSibling;
  if (note?.getAttribute('role') === 'status') return;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  said.append(shownText('save-elsewhere'));
  link.after(' ', said);
}
