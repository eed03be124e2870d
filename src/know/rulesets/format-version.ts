/** Raise with every change of what a cache file or compiled rules hold, or of what a plan means. */
export const formatVersion = 4;
