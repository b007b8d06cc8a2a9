/**
 * All benchmark jobs, in the order of the table.
 *
 * @module
 */
import type { JobDefinition } from "./definition.ts";
import { START_UP } from "./start_up.ts";
import { WORD_COUNT_READ_TEXT } from "./word_count_read_text.ts";
import { WORD_COUNT_TEXT_FILE } from "./word_count_text_file.ts";

/** All benchmark jobs, in the order of the table. */
export const JOBS: readonly JobDefinition[] = [
  WORD_COUNT_READ_TEXT,
  WORD_COUNT_TEXT_FILE,
  START_UP,
];
