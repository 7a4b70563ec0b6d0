/** Which Python the peers run in. */

/** `--python`, else MODEBENCH_PYTHON, else `python3` from the path. */
export const pythonFrom = (option: string | undefined, env: NodeJS.ProcessEnv): string =>
  option ?? (env.MODEBENCH_PYTHON || 'python3');
