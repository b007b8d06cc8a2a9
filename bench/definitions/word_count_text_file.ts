import { ENGINES, type JobDefinition, NO_RECORDS } from "./definition.ts";
import { WORD_COUNTS } from "./expected.ts";

/** The word count over four partitions of `textFile`, collected as pairs. */
export const WORD_COUNT_TEXT_FILE: JobDefinition = {
  name: "word_count_text_file",
  program: "word_count_text_file",
  title: "word count, textFile(p, 4)",
  timed: "warm",
  engines: ENGINES,
  readsText: true,
  records: NO_RECORDS,
  expected: WORD_COUNTS,
  target: { pyspark: 1 / 3, scala: 0.75 },
};
