// N.B. Shared: the build writes this number into `root` as the oldest worker allowed; the worker compares its own.

/** Increased when older workers must no longer answer for the site; they then unregister themselves. */
export const protocol = 1;
