import { megabytes } from '../../bytes.ts';
import { askGate } from '../bridge.ts';
import { deleteCaches } from '../leave.ts';
import { writeLocal } from '../../storage.ts';
import { isPersisted, usedBytes } from './device.ts';
import { canKeep } from './kept.ts';

/** `<device-storage>`: says how much of this device the site takes and whether that is safe, and clears it. */
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
    // With the next page comes again what goes on without a network.
    for (const name of ['kept', 'kept-up'] as const) writeLocal(name, undefined);
    await deleteCaches(__BASE__);
    // What the worker remembers as opened it would not keep anew.
    await askGate({ verb: 'reread' }).catch(() => undefined);
    dispatchEvent(new Event('gate:kept'));
    await this.show();
  }
}

customElements.define('device-storage', DeviceStorage);
