/** One thing that is not as it should be. */
export interface Finding {
  address: string;
  /** What is wrong there, to be read after the address. */
  problem: string;
}

/** So many addresses are named for one problem; a host that does all wrong does not fill the screen. */
const named = 8;

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
