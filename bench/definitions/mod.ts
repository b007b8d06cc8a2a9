/**
 * All benchmark jobs, in the order of the table.
 *
 * @module
 */
import type { JobDefinition } from "./definition.ts";
import { BROADCAST_BYTES } from "./broadcast_bytes.ts";
import { COLLECT_PAIRS } from "./collect_pairs.ts";
import { DISTINCT_STRINGS } from "./distinct_strings.ts";
import { FIRST_TASK } from "./first_task.ts";
import { FRAME_COLLECT } from "./frame_collect.ts";
import { FRAME_CREATE } from "./frame_create.ts";
import { FRAME_PLAN } from "./frame_plan.ts";
import { FRAME_RDD_MAP } from "./frame_rdd_map.ts";
import { FRAME_TO_ARROW } from "./frame_to_arrow.ts";
import { GROUP_BY_KEY } from "./group_by_key.ts";
import { JOIN_PAIRS } from "./join_pairs.ts";
import { MAP_SUM } from "./map_sum.ts";
import { MICRO_BATCHES } from "./micro_batches.ts";
import { OBJECTS } from "./objects.ts";
import { PARALLELIZE_OBJECTS } from "./parallelize_objects.ts";
import { PY4J_CALL } from "./py4j_call.ts";
import { RANGE_REDUCE } from "./range_reduce.ts";
import { SESSION_START } from "./session_start.ts";
import { SORT_STRINGS } from "./sort_strings.ts";
import { SOURCE_ROWS } from "./source_rows.ts";
import { START_UP } from "./start_up.ts";
import { TINY_TASKS } from "./tiny_tasks.ts";
import { UDF_ASYNC } from "./udf_async.ts";
import { UDF_GROUPED_MAP } from "./udf_grouped_map.ts";
import { UDF_GROUPED_MEDIAN } from "./udf_grouped_median.ts";
import { UDF_HAVERSINE } from "./udf_haversine.ts";
import { UDF_LOG_FIELDS } from "./udf_log_fields.ts";
import { UDF_PLUS_ONE } from "./udf_plus_one.ts";
import { UDF_PLUS_ONE_ARROW } from "./udf_plus_one_arrow.ts";
import { UDF_PLUS_ONE_PANDAS } from "./udf_plus_one_pandas.ts";
import { UDF_UPPER } from "./udf_upper.ts";
import { UDTF_ROWS } from "./udtf_rows.ts";
import { WORD_COUNT_READ_TEXT } from "./word_count_read_text.ts";
import { WORD_COUNT_TEXT_FILE } from "./word_count_text_file.ts";

/** All benchmark jobs, in the order of the table. */
export const JOBS: readonly JobDefinition[] = [
  WORD_COUNT_READ_TEXT,
  WORD_COUNT_TEXT_FILE,
  MAP_SUM,
  RANGE_REDUCE,
  SORT_STRINGS,
  DISTINCT_STRINGS,
  GROUP_BY_KEY,
  JOIN_PAIRS,
  OBJECTS,
  COLLECT_PAIRS,
  PARALLELIZE_OBJECTS,
  BROADCAST_BYTES,
  FRAME_COLLECT,
  FRAME_TO_ARROW,
  FRAME_CREATE,
  FRAME_RDD_MAP,
  FRAME_PLAN,
  UDF_PLUS_ONE,
  UDF_PLUS_ONE_ARROW,
  UDF_PLUS_ONE_PANDAS,
  UDF_UPPER,
  UDF_HAVERSINE,
  UDF_LOG_FIELDS,
  UDF_GROUPED_MAP,
  UDF_GROUPED_MEDIAN,
  UDF_ASYNC,
  UDTF_ROWS,
  MICRO_BATCHES,
  SOURCE_ROWS,
  TINY_TASKS,
  PY4J_CALL,
  START_UP,
  SESSION_START,
  FIRST_TASK,
];
