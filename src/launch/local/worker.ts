/** Starts a worker process that trains. It loads a trial's code with its first task. */
import { serveTasks } from './serve-tasks.ts';

serveTasks(async () => (await import('../../trial/run-trial.ts')).runTrial);
