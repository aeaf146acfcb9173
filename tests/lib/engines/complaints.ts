/** Matches the console messages of browsers about a policy violation. */
const breach = /Content[- ]Security[- ]Policy/i;

/**
 * Asserts that a browser's console reports no violation of the content security policy.
 *
 * @throws Error with the messages about violations
 */
export function assertPolicyKept(complaints: string[]): void {
  const breaches = complaints.filter((text) => breach.test(text));
  if (breaches.length > 0) throw new Error(`broke the policy:\n${breaches.join('\n')}`);
}
