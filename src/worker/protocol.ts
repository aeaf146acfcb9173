// N.B. Shared: the build writes this number into `root` as the oldest worker allowed, the worker compares its own.

/** Counts up when a worker of before must not answer for a site of now: it then takes itself away. */
export const protocol = 1;
