import { megabytes } from '../../text/megabytes.ts';
import { askGate } from '../bridge.ts';
import { deleteCaches } from '../leave.ts';
import { writeLocal } from '../../storage.ts';
import { isPersisted, usedBytes } from './device.ts';
import { canKeep } from './kept.ts';

/** `<device-storage>`: shows how much storage the site uses and whether the browser may evict it, and clears it. */
class DeviceStorage extends HTMLElement {
  connectedCallback(): void {
    if (!canKeep()) {
      this.remove();
      return;
    }
    this.querySelector('button')?.addEventListener('click', () => void this.clear());
    void this.show();
  }

  private async show(): Promise<void> {
    const [bytes, persisted] = await Promise.all([usedBytes(), isPersisted()]);
    this.querySelector('[data-usage]')!.textContent = bytes === undefined ? '–' : megabytes(bytes, 1);
    this.dataset.persisted = String(persisted);
    this.hidden = false;
  }

  private async clear(): Promise<void> {
    // The next page fetches again what is always kept for offline use.
    for (const name of ['kept', 'kept-up'] as const) writeLocal(name, undefined);
    // One that is fetching it at this moment would say that it is done.
    dispatchEvent(new Event('gate:cleared'));
    await deleteCaches(__BASE__);
    // The worker would not cache again what it remembers as opened.
    await askGate({ verb: 'reread' }).catch(() => undefined);
    dispatchEvent(new Event('gate:kept'));
    await this.show();
  }
}

customElements.define('device-storage', DeviceStorage);
