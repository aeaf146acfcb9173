/** How browsers say in their consoles that a page has broken its policy. */
const breach = /Content[- ]Security[- ]Policy/i;

/** @throws Error with what a browser's console said of the content security policy */
export function assertPolicyKept(complaints: string[]): void {
  const breaches = complaints.filter((text) => breach.test(text));
  if (breaches.length > 0) throw new Error(`broke the policy:\n${breaches.join('\n')}`);
}
