import { ENGINES, type JobDefinition, NO_RECORDS } from "./definition.ts";
import { WORD_COUNTS } from "./expected.ts";

/** The article's word count: rows of `spark.read.text`, collected as pairs. */
export const WORD_COUNT_READ_TEXT: JobDefinition = {
  name: "word_count_read_text",
  program: "word_count_read_text",
  title: "word count, spark.read.text(p).rdd",
  timed: "warm",
  engines: ENGINES,
  readsText: true,
  records: NO_RECORDS,
  expected: WORD_COUNTS,
  target: { pyspark: 1 / 4, scala: 0.8 },
};
