import type { ByteWriter } from "../common/byte_writer.ts";
import { ProtocolError } from "../common/errors.ts";

/** What a task added to one accumulator. */
export interface AccumulatorUpdate {
  /** The accumulator's id in its application. */
  readonly id: bigint;
  /** The value to add, as the accumulator's serializer writes it. */
  readonly value: Uint8Array;
}

const ID_BYTES = 8;

/**
 * Writes an update in the form of ours that the JVM passes on unread, from the
 * task's trailer to the driver's socket.
 *
 * Peer: `PythonAccumulatorV2`, which keeps a list of byte arrays.
 * Layout: int length, then in these bytes a long, the id, and the value up to
 * the end.
 */
export function writeAccumulatorUpdate(
  writer: ByteWriter,
  update: AccumulatorUpdate,
): void {
  writer.writeInt(updateBytes(update))
    .writeLong(update.id)
    .writeBytes(update.value);
}

/** How many bytes an update has, without their length. */
export function updateBytes(
  { value }: Pick<AccumulatorUpdate, "value">,
): number {
  return ID_BYTES + value.length;
}

/**
 * Splits the bytes of one update, which come without their length.
 *
 * @param bytes the id and the value
 * @returns the update; its value is a view of `bytes`
 * @throws ProtocolError `ACCUMULATOR_UPDATE_INVALID` when there is no room for an id
 */
export function decodeAccumulatorUpdate(bytes: Uint8Array): AccumulatorUpdate {
  if (bytes.length < ID_BYTES) {
    throw new ProtocolError(
      "ACCUMULATOR_UPDATE_INVALID",
      `Cannot read an accumulator update: it has ${bytes.length} bytes, and its id alone takes ${ID_BYTES}; driver and workers must run the same TSpark`,
      { length: bytes.length },
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, ID_BYTES);
  const id = view.getBigInt64(0);
  return { id, value: bytes.subarray(ID_BYTES) };
}
