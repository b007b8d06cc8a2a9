/**
 * How the process that Spark starts while it plans finds the driver's program,
 * which answers in its place. Both ends are ours.
 *
 * @module
 */
import type { ByteReader } from "../common/byte_reader.ts";
import type { ByteWriter } from "../common/byte_writer.ts";
import { ProtocolError } from "../common/errors.ts";
import { readSecret, writeSecret } from "./handshake.ts";
import { MAX_SECRET_BYTES, readLimitedText } from "./limits.ts";

/** The variable with the path of the file that says where the program listens. */
export const PLANNER_VARIABLE = "TSPARK_PLANNER";

/** Where the driver's program listens, and what a connection begins with. */
export interface PlannerAddress {
  readonly host: string;
  readonly port: number;
  /** Of a Unix socket; null: TCP. */
  readonly path: string | null;
  readonly secret: string;
}

/** The file's content. */
export function plannerAddressText(address: PlannerAddress): string {
  return JSON.stringify(address);
}

/**
 * Reads the file's content.
 *
 * @throws ProtocolError `PLANNER_ADDRESS_INVALID`
 */
export function parsePlannerAddress(text: string): PlannerAddress {
  const invalid = (): ProtocolError =>
    new ProtocolError(
      "PLANNER_ADDRESS_INVALID",
      "Cannot find the driver's program: the file with its address is not one of TSpark's; use the same TSpark on the driver and the executors",
    );
  try {
    const { host, port, path, secret } = JSON.parse(text) as Partial<
      PlannerAddress
    >;
    if (
      typeof host === "string" && typeof port === "number" &&
      (path === null || typeof path === "string") &&
      typeof secret === "string"
    ) return { host, port, path, secret };
  } catch {
    throw invalid();
  }
  throw invalid();
}

/** Begins a connection to the program. Layout: string secret, string the module that Spark asks for. */
export function writePlannerGreeting(
  writer: ByteWriter,
  secret: string,
  module: string,
): void {
  writeSecret(writer, secret);
  writer.writeString(module);
}

/**
 * Reads the beginning of a connection.
 *
 * @param reader where it begins
 * @param secret the right secret
 * @returns the module; null when the secret is wrong
 * @throws ProtocolError `LENGTH_INVALID`, `BYTES_TRUNCATED`
 */
export function readPlannerGreeting(
  reader: ByteReader,
  secret: string,
): string | null {
  const isRight = readSecret(reader, secret);
  return isRight
    ? readLimitedText(reader, "the module's name", MAX_SECRET_BYTES)
    : null;
}
