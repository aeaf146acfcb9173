/** One thing that is not as it should be. */
export interface Finding {
  address: string;
  /** What is wrong there, to be read after the address. */
  problem: string;
  /** Whether the host gave no answer at all: then what is wrong is not at this address. */
  isUnanswered?: boolean;
}

/** How many addresses are named for one problem at most, so that a host that does everything wrong does not fill the screen. */
const named = 8;

/** A host that does not answer is one finding, with the count of the addresses at which it does not. */
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

/** One line for each finding, equal problems together and cut short where they are many. */
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
