import { encapsulate, MESSAGE_KINDS } from "./arrow_message.ts";
import type { BatchParts } from "./builders/column_builder.ts";
import { flatLong, flatLongs, flatTable } from "./flat_writer.ts";

/** What writes itself into a batch. */
export interface BatchColumn {
  /** Adds the column's parts, and those of the columns within it. */
  addTo(parts: BatchParts): void;
  /** Forgets all values. */
  clear(): void;
}

/**
 * Writes one record batch, and leaves its columns empty.
 *
 * Peer: Arrow's `Message.fbs`, read by `ArrowStreamReader` of Arrow's Java
 * library. Layout: metadata, then the buffers, each at a multiple of 8 bytes.
 *
 * @param columns the columns, of one length
 * @param length number of rows, which a batch without columns has too
 * @param largeVarTypes whether offsets of texts and binaries have 64 bits
 * @returns one encapsulated message
 */
export function writeBatch(
  columns: readonly BatchColumn[],
  length: number,
  largeVarTypes: boolean = false,
): Uint8Array<ArrayBuffer> {
  const parts: BatchParts = { nodes: [], buffers: [], largeVarTypes };
  for (const column of columns) column.addTo(parts);
  const places: number[] = [];
  let bodyLength = 0;
  for (const buffer of parts.buffers) {
    places.push(bodyLength, buffer.length);
    bodyLength += padded(buffer.length);
  }
  const header = flatTable(
    flatLong(length),
    flatLongs(parts.nodes, parts.nodes.length / 2),
    flatLongs(places, parts.buffers.length),
  );
  const metadata = encapsulate(MESSAGE_KINDS.batch, header, bodyLength);
  const message = new Uint8Array(metadata.length + bodyLength);
  message.set(metadata);
  parts.buffers.forEach((buffer, i) => {
    message.set(buffer, metadata.length + (places[2 * i] ?? 0));
  });
  for (const column of columns) column.clear();
  return message;
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
