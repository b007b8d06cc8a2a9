/**
 * Results that several jobs share, computed once without Spark.
 *
 * @module
 */

import type { TextSize } from "../data/generate.ts";

/** Counts of the generated texts' words: distinct, all, and a mix of both. */
export const WORD_COUNTS:
  & Readonly<Record<"small" | "full", string>>
  & Readonly<Partial<Record<TextSize, string>>> = {
    small: "400413:3421489:1b2b713308936a",
    full: "695778:34183148:10f7caa8c66e373",
  };
