// N.B. Shared: the worker answers with the offline page then, and that page tries again.

/** Whether the host, or a proxy before it, can't answer for now, so that asking again later may help. */
export function isFailing({ status }: Response): boolean {
  return status >= 500 || status === 429;
}
