// Runs in the page that the benchmark measures: our engine without the search page around it.
import { openEngine } from '../../src/search/query/engine.ts';
import { answer } from '../../src/search/query/answer.ts';

const engine = openEngine(['/pagefind/']);
globalThis.ready = engine.then(() => undefined);
globalThis.ask = async (query) => {
  const { found } = await answer(await engine, query);
  await Promise.all(found.slice(0, 10).map(({ load }) => load()));
  const ids = found.map(({ entry }) => entry);
  return { ids, first: ids.slice(0, 10) };
};
