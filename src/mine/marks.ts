import { STATES, type State } from './log.ts';
import { changePiece, countToday, follow, isKept, readLog } from './store.ts';
import { mineTexts } from './texts.ts';

/**
 * `<mine-marks data-piece="FORM/SLUG" data-title>`: three buttons, saved → reading → practised, of which at most one is
 * pressed; pressing it again releases it.
 */
class MineMarks extends HTMLElement {
  readonly #texts = mineTexts;
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.hidden = false;
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[data-state]')) {
      button.addEventListener('click', () => this.#press(button.dataset.state as State), { signal });
    }
    follow((log) => this.#show(log.pieces.get(this.dataset.piece ?? '')?.state), signal);
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #press(state: State): void {
    const { piece = '', title = '' } = this.dataset;
    const isSet = readLog().pieces.get(piece)?.state !== state;
    changePiece(piece, title, (known) => {
      const { state: before, ...rest } = known;
      return { ...rest, stateChanged: Date.now(), ...(before !== state && { state }) };
    });
    if (isSet) countToday();
    const said = isSet ? this.#texts.set : this.#texts.unset;
    this.querySelector('[role=status]')!.textContent = isKept()
      ? said
      : `${said}${this.#texts.separators.sentences}${this.#texts.unkept}`;
  }

  #show(state: State | undefined): void {
    const reached = state ? STATES.indexOf(state) : -1;
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[data-state]')) {
      const at = STATES.indexOf(button.dataset.state as State);
      button.setAttribute('aria-pressed', String(at === reached));
      // The states before the current one are shown as passed.
      button.toggleAttribute('data-passed', at < reached);
    }
  }
}

customElements.define('mine-marks', MineMarks);
