/** Tells a generator by its path; what opens one loads onnxruntime. */
import { extname, join } from 'node:path';
import { statsOf } from '../../disk/stats-of.ts';

/** Whether a path is an ONNX file, or the folder of a trial. */
export const mayBeGenerator = (path: string): boolean =>
  statsOf(join(path, 'trial.json')) !== undefined ||
  (extname(path).toLowerCase() === '.onnx' && statsOf(path)?.isFile() === true);
