import { nearLastDay } from './last-day.ts';
import { showDay } from './show-day.ts';

/** `<last-day>` of the account page: hidden until it says that the membership ends soon, removed if it doesn't. */
class LastDay extends HTMLElement {
  connectedCallback(): void {
    void this.fill();
  }

  private async fill(): Promise<void> {
    const day = await nearLastDay().catch(() => undefined);
    if (day === undefined) {
      this.remove();
      return;
    }
    showDay(this.querySelector('time')!, day);
    this.hidden = false;
  }
}

customElements.define('last-day', LastDay);
