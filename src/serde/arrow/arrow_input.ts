import type { StageInput } from "../../protocol/command.ts";
import { parseSchemaJson } from "../../types/spark_types.ts";
import { ArrowRowDecoder } from "./arrow_rows.ts";
import { arrowSchemaOf } from "./spark_arrow.ts";

/**
 * What reads the frames of an RDD of Arrow batches as rows, on a worker or on
 * the driver.
 *
 * Peer: `Dataset.toArrowBatchRdd`, Spark 3.5 – 4.3. Layout: a frame is one
 * encapsulated record batch.
 *
 * @param input how the frames are to be read
 * @throws ProtocolError `SCHEMA_INVALID`, `ARROW_TYPE_UNSUPPORTED`
 */
export function arrowInputDecoder(
  input: Extract<StageInput, { kind: "arrow" }>,
): (frame: Uint8Array) => unknown[] {
  const { largeVarTypes, longs, timestamps, dates } = input;
  const struct = parseSchemaJson(input.schema);
  const decoder = new ArrowRowDecoder(
    struct,
    arrowSchemaOf(struct, { timeZone: "UTC", largeVarTypes }),
    { longs, timestamps, dates, rows: "row" },
  );
  return (frame) => decoder.decode(frame) ?? [];
}
