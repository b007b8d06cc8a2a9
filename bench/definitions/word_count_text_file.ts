import type { JobDefinition } from "./definition.ts";
import { WORD_COUNTS } from "./expected.ts";

/** The word count over four partitions of `textFile`, collected as pairs. */
export const WORD_COUNT_TEXT_FILE: JobDefinition = {
  name: "word_count_text_file",
  title: "word count, textFile(p, 4)",
  timed: "warm",
  readsText: true,
  target: { pyspark: 3, scala: 0.75 },
  expected: WORD_COUNTS,
};
