import type { FuzzDecoder } from "../decoder.ts";
import { ARROW_BATCH, ARROW_STREAM, DDL, SCHEMA, VARIANT } from "./arrow.ts";
import { CLOSURES } from "./closures.ts";
import { ACCUMULATORS, FRAMES, KERNELS, STAGE_INPUT } from "./frames.ts";
import { ANSWER, CONNECTION_FILE } from "./gateway.ts";
import { FILTERS, PLANNER, STREAM_SOURCE } from "./planner.ts";
import { CBOR, PICKLE, RECORDS, TEXT } from "./records.ts";
import { STATE_ANSWERS, STATE_ROWS } from "./state.ts";
import { UDF_ARGUMENTS, UDF_GROUPS } from "./udf.ts";
import { BROADCASTS, HANDSHAKE, TASK_HEADER } from "./wire.ts";

/** Every decoder of bytes that others sent. */
export const DECODERS: readonly FuzzDecoder[] = [
  CBOR,
  CLOSURES,
  RECORDS,
  PICKLE,
  TEXT,
  FRAMES,
  KERNELS,
  STAGE_INPUT,
  ACCUMULATORS,
  HANDSHAKE,
  BROADCASTS,
  TASK_HEADER,
  PLANNER,
  STREAM_SOURCE,
  FILTERS,
  ANSWER,
  CONNECTION_FILE,
  SCHEMA,
  DDL,
  ARROW_BATCH,
  ARROW_STREAM,
  VARIANT,
  UDF_ARGUMENTS,
  UDF_GROUPS,
  STATE_ANSWERS,
  STATE_ROWS,
];
