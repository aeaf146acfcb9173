/** One problem, and where it is. */
export interface Finding {
  address: string;
  /** The problem, to be read after the address. */
  problem: string;
  /** Whether the host gave no answer at all; the problem is then not specific to this address. */
  isUnanswered?: boolean;
}

/** The most addresses printed for one problem, so that a host that does everything wrong doesn't fill the screen. */
const named = 8;

/** Joins the findings of addresses without an answer into one for each problem, with the number of addresses. */
export function joinUnanswered(findings: Finding[]): Finding[] {
  const byProblem = new Map<string, Set<string>>();
  for (const { address, problem, isUnanswered } of findings) {
    if (isUnanswered) byProblem.set(problem, (byProblem.get(problem) ?? new Set()).add(address));
  }
  const joined = [...byProblem].map(([problem, addresses]): Finding => {
    const [first = '', ...others] = addresses;
    return { address: others.length > 0 ? `${first} and ${others.length} more` : first, problem };
  });
  return [...joined, ...findings.filter(({ isUnanswered }) => !isUnanswered)];
}

/** Prints one line for each finding. Equal problems are grouped, and cut short if there are many. */
export function printFindings(findings: Finding[]): string {
  const byProblem = new Map<string, string[]>();
  for (const { address, problem } of findings) {
    byProblem.set(problem, [...(byProblem.get(problem) ?? []), address]);
  }
  return [...byProblem]
    .flatMap(([problem, addresses]) => {
      const lines = addresses.slice(0, named).map((address) => `${address}: ${problem}`);
      const others = addresses.length - lines.length;
      return others > 0 ? [...lines, `… and ${others} more: ${problem}`] : lines;
    })
    .join('\n');
}
