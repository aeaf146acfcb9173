import { playFrom, secondsOf } from './timeline.ts';
import { Transcript } from './transcript.ts';

/** `<talk-times>` of a talk without a recording: a time in the address (`#t=754`) leads to the line spoken then. */
class TalkTimes extends HTMLElement {
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const article = this.closest('article');
    if (!article) return;
    const transcript = new Transcript(article);
    const go = () => {
      const second = secondsOf(location.hash);
      if (second === undefined) return;
      transcript.mark(second);
      transcript.show();
      // There is nothing to play, so remove `play` from the address.
      if (playFrom(location.hash) !== undefined) history.replaceState(history.state, '', `#t=${second}`);
    };
    addEventListener('hashchange', go, { signal: this.#stop.signal });
    go();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }
}

customElements.define('talk-times', TalkTimes);
