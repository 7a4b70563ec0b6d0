/** The part that launches of trials on a machine's processors share: what was typed, and what it gives. */

import type { Where } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';
import { type CommandLine, expCommand } from '../command-line.ts';
import type { Capacity } from '../launcher.ts';
import { localCapacity } from './capacity.ts';
import type { LocalArguments } from './options.ts';

export abstract class TypedLaunch<Given extends LocalArguments = LocalArguments> {
  protected readonly given: Given;
  protected readonly command: CommandLine;

  constructor(given: Given, command: CommandLine) {
    this.given = given;
    this.command = command;
  }

  capacity(trials: readonly PlannedTrial[], where: Where): Capacity {
    return localCapacity(this.given, where, trials);
  }

  goOnCommand(_store: Store): string {
    return expCommand(this.command.words);
  }

  sameLauncher(_store: Store): readonly string[] {
    return [];
  }
}
