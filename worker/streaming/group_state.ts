import { describeValue } from "../../src/common/describe_value.ts";
import { ProtocolError, WorkerError } from "../../src/common/errors.ts";
import type { PickledRows } from "../../src/serde/pickle/pickled_rows.ts";

/** What the JVM says of a group's state, beside its value. */
export interface StateProperties {
  readonly batchProcessingTimeMs: number;
  readonly eventTimeWatermarkMs: number;
  readonly timeoutConf: string;
  readonly hasTimedOut: boolean;
  readonly watermarkPresent: boolean;
  readonly defined: boolean;
  readonly updated: boolean;
  readonly removed: boolean;
  /** Milliseconds since 1970, or -1 for none. */
  readonly timeoutTimestamp: number;
}

/** How rows of the state are read and written. */
export interface StateRows {
  /** In the session's forms. */
  readonly rows: PickledRows;
  /** In forms that lose nothing: what a function leaves alone stays as it is. */
  readonly exactRows: PickledRows;
  /** Runs code of this worker's own with the language's objects as they were. */
  run<T>(body: () => T): T;
}

/** A group's state, as the function of `flatMapGroupsWithState()` is given it. */
export class GroupState {
  readonly #rows: StateRows;
  readonly #before: StateProperties;
  #bytes: Uint8Array | null;
  #value: object | null = null;
  #defined: boolean;
  #updated: boolean;
  #removed: boolean;
  #timeout: number;
  #isClosed = false;

  /**
   * @param rows how the state is read and written
   * @param properties what the JVM says of it, as JSON
   * @param bytes the pickled value; null for none
   * @throws ProtocolError `STATE_PROPERTIES_INVALID`
   */
  constructor(rows: StateRows, properties: string, bytes: Uint8Array | null) {
    this.#rows = rows;
    this.#before = parseProperties(properties);
    const { defined, updated, removed, timeoutTimestamp } = this.#before;
    this.#defined = defined;
    this.#updated = updated;
    this.#removed = removed;
    this.#timeout = timeoutTimestamp;
    this.#bytes = bytes;
  }

  get exists(): boolean {
    this.#use("look at");
    return this.#defined;
  }

  get hasTimedOut(): boolean {
    this.#use("look at");
    return this.#before.hasTimedOut;
  }

  get(): object {
    const value = this.getOption();
    if (value !== null) return value;
    throw new WorkerError(
      "STATE_NOT_EXISTS",
      "Cannot get the state: this group has none; look at exists first, or use getOption()",
    );
  }

  getOption(): object | null {
    this.#use("get");
    if (!this.#defined || this.#bytes === null) return null;
    const { rows } = this.#rows;
    const bytes = this.#bytes;
    return this.#value ??= this.#rows.run(() => rows.read(bytes));
  }

  update(value: unknown): void {
    this.#use("update");
    const { rows } = this.#rows;
    this.#bytes = this.#rows.run(() => rows.write(value));
    this.#value = null; // read back when it is asked for: what is kept is what was written
    this.#defined = true;
    this.#updated = true;
    this.#removed = false;
  }

  remove(): void {
    this.#use("remove");
    this.#defined = false;
    this.#updated = false;
    this.#removed = true;
  }

  setTimeoutDuration(durationMs: unknown): void {
    this.#use("set the timeout of");
    this.#need("setTimeoutDuration()", "ProcessingTimeTimeout");
    const duration = positive(durationMs, "setTimeoutDuration()");
    this.#timeout = this.#before.batchProcessingTimeMs + duration;
  }

  setTimeoutTimestamp(timestamp: unknown): void {
    this.#use("set the timeout of");
    this.#need("setTimeoutTimestamp()", "EventTimeTimeout");
    const { eventTimeWatermarkMs } = this.#before;
    const ms = positive(
      timestamp instanceof Date ? timestamp.getTime() : timestamp,
      "setTimeoutTimestamp()",
    );
    if (ms < eventTimeWatermarkMs) {
      throw new WorkerError(
        "INVALID_TIMEOUT_TIMESTAMP",
        `Cannot set the timeout to ${ms} ms since 1970: the watermark is at ${eventTimeWatermarkMs} already; give a later time, such as getCurrentWatermarkMs() and some more`,
        { timestampMs: ms, watermarkMs: eventTimeWatermarkMs },
      );
    }
    this.#timeout = ms;
  }

  getCurrentWatermarkMs(): number {
    this.#use("look at");
    if (this.#before.watermarkPresent) {
      return this.#before.eventTimeWatermarkMs;
    }
    throw new WorkerError(
      "WATERMARK_MISSING",
      "Cannot get the watermark: the query has none; call withWatermark() on the frame before groupBy()",
    );
  }

  getCurrentProcessingTimeMs(): number {
    this.#use("look at");
    return this.#before.batchProcessingTimeMs;
  }

  /**
   * Says that the function has done with the group.
   *
   * @returns what the JVM is told of the state: its properties as JSON, its
   *   value where that is to be written, and the timeout that it had
   */
  close(): [properties: string, value: Uint8Array | null, oldTimeout: number] {
    this.#isClosed = true;
    const properties = JSON.stringify({
      ...this.#before,
      optionalValue: null,
      defined: this.#defined,
      updated: this.#updated,
      removed: this.#removed,
      timeoutTimestamp: this.#timeout,
    });
    return [properties, this.#written(), this.#before.timeoutTimestamp];
  }

  /** The JVM looks at the value only when something about the state has changed. */
  #written(): Uint8Array | null {
    if (!this.#defined || this.#bytes === null) return null;
    if (this.#updated) return this.#bytes;
    if (this.#timeout === this.#before.timeoutTimestamp) return null;
    const { exactRows } = this.#rows;
    const bytes = this.#bytes;
    return this.#rows.run(() => exactRows.write(exactRows.read(bytes)));
  }

  #use(action: string): void {
    if (!this.#isClosed) return;
    throw new WorkerError(
      "STATE_CLOSED",
      `Cannot ${action} a group's state: the function has done with that group; use the state within the call that it was given to`,
    );
  }

  #need(method: string, timeout: string): void {
    const { timeoutConf } = this.#before;
    if (timeoutConf === timeout) return;
    const wanted = timeout === "EventTimeTimeout"
      ? "eventTime"
      : "processingTime";
    throw new WorkerError(
      "TIMEOUT_NOT_ENABLED",
      `Cannot call ${method}: the query's timeout is ${timeoutConf}; give the operation { timeout: "${wanted}" }`,
      { method, timeout: timeoutConf },
    );
  }
}

function positive(value: unknown, method: string): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) {
    return value as number;
  }
  throw new WorkerError(
    "VALUE_NOT_POSITIVE",
    `Cannot call ${method} with ${
      describeValue(value)
    }: it takes milliseconds; give a whole number above 0`,
    { method },
  );
}

const isBoolean = (value: unknown): boolean => typeof value === "boolean";

const FIELDS: {
  readonly [K in keyof StateProperties]: (value: unknown) => boolean;
} = {
  batchProcessingTimeMs: Number.isSafeInteger,
  eventTimeWatermarkMs: Number.isSafeInteger,
  timeoutConf: (value) => typeof value === "string",
  hasTimedOut: isBoolean,
  watermarkPresent: isBoolean,
  defined: isBoolean,
  updated: isBoolean,
  removed: isBoolean,
  timeoutTimestamp: Number.isSafeInteger,
};

function parseProperties(json: string): StateProperties {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw propertiesInvalid("they are no JSON", cause);
  }
  if (typeof parsed !== "object" || parsed === null) {
    throw propertiesInvalid("they are no object");
  }
  for (const [name, isRight] of Object.entries(FIELDS)) {
    if (!isRight(Reflect.get(parsed, name))) {
      throw propertiesInvalid(`"${name}" is missing or of a wrong kind`);
    }
  }
  return parsed as StateProperties;
}

function propertiesInvalid(why: string, cause?: unknown): ProtocolError {
  return new ProtocolError(
    "STATE_PROPERTIES_INVALID",
    `Cannot read the properties of a group's state: ${why}; driver and executors run different Sparks`,
    {},
    { cause },
  );
}
