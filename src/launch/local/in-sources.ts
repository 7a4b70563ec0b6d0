/**
 * Names the sources in a stack trace of compiled code. Workers leave that to whoever keeps the trace: Node would read the maps of
 * all code that it loads, TensorFlow.js's five megabytes too, before anything has gone wrong.
 */
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { readTextSync } from '../../disk/read-file.ts';

/** Places of modules that have no map beside them stay as they are. */
export const inSources = (trace: string): string =>
  trace.replace(/(file:\/\/\S+?):(\d+):(\d+)/g, (place, module: string, line: string, column: string) => {
    const entry = mapOf(module)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) return place;
    const source = fileURLToPath(new URL(entry.originalSource, module));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });

function mapOf(module: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readTextSync(`${fileURLToPath(module)}.map`)));
  } catch {
    return undefined;
  }
}
