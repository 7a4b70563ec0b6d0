/** Finds the launcher that a command line asks for, and refuses options that belong to another one. */
import { UsageError } from '../base/usage-error.ts';
import type { CommonArguments, Launcher, LauncherOptions } from './launcher.ts';

/** The options of all launchers. */
export function launcherOptions(launchers: readonly Launcher[]): LauncherOptions {
  const options: Record<string, LauncherOptions[string]> = {};
  for (const launcher of launchers) {
    for (const [name, option] of Object.entries(launcher.options)) {
      if ((options[name] ?? option) !== option)
        throw new Error(`internal: two launchers mean different things by --${name}`);
      options[name] = option;
    }
  }
  return options;
}

/** The chosen launcher, its options checked. Throws UsageError of one line. */
export function chooseLauncher(given: CommonArguments, launchers: readonly Launcher[]): Launcher {
  const typed = new Map(Object.entries(given).filter(([, value]) => value !== undefined && value !== false));
  const chosen = launchers.filter(({ chosenBy }) => chosenBy.some((option) => typed.has(option)));
  const [launcher = launchers.find(({ chosenBy }) => chosenBy.length === 0), other] = chosen;
  if (launcher === undefined) throw new Error('internal: no launcher is there for a command that names none');
  if (other !== undefined) {
    const [one, two] = [launcher, other].map(({ chosenBy }) => chosenBy.find((option) => typed.has(option)));
    throw new UsageError(`--${one} and --${two} are different ways to run: leave one of them out`);
  }
  launcher.check(given);
  for (const { options, chosenBy } of launchers) {
    const stray = Object.keys(options).find((option) => typed.has(option) && !(option in launcher.options));
    if (stray === undefined) continue;
    const [owner] = chosenBy;
    throw new UsageError(
      owner === undefined
        ? `--${stray} is no option of --${launcher.chosenBy[0]}`
        : `--${stray} is an option of --${owner}, which is not given`,
    );
  }
  return launcher;
}
