import type { JobDefinition } from "./definition.ts";
import { WORD_COUNTS } from "./expected.ts";

/** The article's word count: rows of `spark.read.text`, collected as pairs. */
export const WORD_COUNT_READ_TEXT: JobDefinition = {
  name: "word_count_read_text",
  title: "word count, spark.read.text(p).rdd",
  timed: "warm",
  readsText: true,
  target: { pyspark: 4, scala: 0.8 },
  expected: WORD_COUNTS,
};
