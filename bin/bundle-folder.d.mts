/** Types of bundle-folder.mjs, for its test. */
export function fillBundle(folder: string): Promise<void>;
