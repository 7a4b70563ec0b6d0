/** Milliseconds of processor time that this process has taken: what work costs, however busy the machine is with other things. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}
