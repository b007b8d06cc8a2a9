/** Loaded by an `import()` within a function of a job. */

/** Tells that this module was loaded. */
export const MODULE_NAME: string = "imported late";
