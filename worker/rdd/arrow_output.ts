import { ByteWriter } from "../../src/common/byte_writer.ts";
import type { StageOutput } from "../../src/protocol/command.ts";
import type { RecordOutput } from "./record_output.ts";

const BATCH_ROWS = 10_000; // as many as Spark writes
const BATCH_BYTES = 16 << 20;
const CHECKED_ROWS = 64; // between two looks at the size

/** Opens the output of a stage over where bytes go. */
export type OpenArrow = (write: (bytes: Uint8Array) => void) => RecordOutput;

/**
 * What opens the output of a stage whose records leave as rows in Arrow.
 *
 * Peer: `SQLUtils.toDataFrame`, `ArrowConverters.fromBatchIterator`, Spark
 * 3.5 – 4.3. Layout: frames (int32 length, payload), each one encapsulated
 * record batch.
 *
 * @param output how records leave
 */
export async function arrowOutput(
  output: Extract<StageOutput<unknown>, { readonly kind: "arrow" }>,
): Promise<OpenArrow> {
  // Loaded only here: most tasks never see Arrow.
  const { ArrowWriter } = await import("../../src/serde/arrow/arrow_writer.ts");
  const { parseSchemaJson } = await import("../../src/types/spark_types.ts");
  const schema = parseSchemaJson(output.schema);
  return (write) => {
    const writer = new ArrowWriter(schema);
    const frame = new ByteWriter();
    const send = (): void => {
      frame.writeSizedBytes(writer.takeBatch());
      write(frame.view());
      frame.clear();
    };
    return {
      emit(record) {
        writer.appendRow(record);
        const { length } = writer;
        if (
          length >= BATCH_ROWS ||
          (length % CHECKED_ROWS === 0 && writer.byteLength >= BATCH_BYTES)
        ) send();
      },
      finish() {
        if (writer.length > 0) send();
      },
    };
  };
}
