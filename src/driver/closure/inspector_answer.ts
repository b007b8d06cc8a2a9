/**
 * Reading what the inspector protocol answers: JSON that nothing is promised of.
 *
 * @module
 */

/** An object of an answer. */
export type Answer = Readonly<Record<string, unknown>>;

/** The engine's handle of a remote value; undefined for a primitive. */
export function remoteId(value: unknown): string | undefined {
  const id = record(value).objectId;
  return typeof id === "string" ? id : undefined;
}

/** An object of an answer; empty where there is none. */
export function record(value: unknown): Answer {
  return typeof value === "object" && value !== null ? value as Answer : {};
}

/** The objects of a list in an answer. */
export function records(value: unknown): Answer[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** A primitive as the protocol writes it: numbers that JSON lacks and bigint by text. */
export function primitiveOf(remote: Answer): unknown {
  const text = remote.unserializableValue;
  if (typeof text !== "string") return remote.value;
  return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
}
