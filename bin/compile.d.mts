/** Types of compile.mjs, for the tests. */
export function compileTree(root: string): Promise<string>;
