/**
 * Runs a function to its end and returns how many milliseconds of processor time this thread took for it. Unlike time by
 * the clock, that doesn't grow while other programs keep the machine busy.
 */
export async function processorTime(run: () => unknown): Promise<number> {
  const start = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}
