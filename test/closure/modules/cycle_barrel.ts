/** Passes on what the module in the cycle exports. */
export * from "./cycle_first.ts";
