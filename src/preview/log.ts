import terminal from 'astro/logger/node';

type Log = ReturnType<typeof terminal>;

/** A request that was answered: its status, after codes for colours. */
// eslint-disable-next-line no-control-regex -- those codes begin with ESC
const ANSWERED = /^(?:\u001b\[\d+m)*\[2\d\d\] /;

/**
 * Astro's log without a line for each page that is served: the search alone reads every page, and what a writer has to
 * see would be far above.
 */
export default function quietLog(): Log {
  const { write } = terminal({});
  return {
    write: (event) => {
      if (!ANSWERED.test(event.message)) write(event);
    },
  };
}
