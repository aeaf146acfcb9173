/**
 * Resolves once it is settled that this page stays, and is no door that is about to open: what would go on in the page
 * that takes its place must not be begun in this one. Never, where that is the case.
 */
export async function whenStaying(): Promise<void> {
  const door = document.querySelector<HTMLElement>('gate-door');
  if (!door) return;
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  }
  // A door whose script did not arrive opens nothing.
  if (!customElements.get('gate-door') || stays(door)) return;
  await new Promise<void>((resolve) => {
    const changes = new MutationObserver(() => {
      if (!stays(door)) return;
      changes.disconnect();
      resolve();
    });
    changes.observe(door, { attributeFilter: ['data-state'] });
  });
}

const stays = ({ dataset }: HTMLElement) => dataset.state === 'idle' || dataset.state === 'failed';
