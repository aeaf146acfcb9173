import { isPlain, logicalPath } from '../../worker/address.ts';
import { answer, find, findFormer, isOpened } from '../../worker/find.ts';

/** Answers for a sealed file as a worker would; null when only the host has the file. */
export async function answerSealed(path: string): Promise<Response | null> {
  const found = await find(path);
  return isOpened(found) ? answer(path, found, null) : null;
}

/** Answers for a sealed file that only earlier builds have, see {@link findFormer}; null when none has it. */
export async function answerFormer(path: string): Promise<Response | null> {
  const found = await findFormer(path);
  return isOpened(found) ? answer(path, found, null) : null;
}

/** Patches this page's `fetch` so that it reaches sealed files, as it would through a worker. */
export function answerFetches(base: URL): void {
  const fetchFromHost = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input, location.href);
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    const path = logicalPath(address, base);
    if (method !== 'GET' || path === null || isPlain(path)) return fetchFromHost(input, init);
    const sealed = await answerSealed(path);
    if (sealed) return sealed;
    const response = await fetchFromHost(input, init);
    // Some hosts answer every address with a page.
    const isThere = response.ok && !/html/i.test(response.headers.get('Content-Type') ?? '');
    return isThere ? response : ((await answerFormer(path)) ?? response);
  };
}
