/**
 * Resolves once it is certain that this page stays, and is not a door about to open. It never resolves on a door that
 * opens, because what waits here must start only on the page that replaces the door.
 */
export async function whenStaying(): Promise<void> {
  const door = document.querySelector<HTMLElement>('gate-door');
  if (!door) return;
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  }
  // A door whose script failed to load opens nothing.
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
