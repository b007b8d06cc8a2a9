import type { ByteReader } from "../../common/byte_reader.ts";
import type { ByteWriter } from "../../common/byte_writer.ts";
import { ProtocolError, SparkError } from "../../common/errors.ts";
import { errorMessage } from "../../common/error_message.ts";
import { writeErrorText } from "../../common/log.ts";
import { describeValue } from "../../common/describe_value.ts";
import { writeBlobs, writeDone } from "../../protocol/planner_answer.ts";
import {
  readStreamQuestion,
  readStreamStart,
  STREAM_FEATURES,
  type StreamQuestion,
  type StreamStart,
  writePrefetched,
  writeStreamText,
} from "../../protocol/stream_question.ts";
import { createCborCodec } from "../../serde/cbor/cbor.ts";
import { isPlain } from "../../serde/records/own_properties.ts";
import type { Conversation, FoundPlanned } from "../runtime/planner_server.ts";
import type { ReadLimit, StreamOffset } from "./data_source.ts";
import { optionsIn, PlannedSource } from "./planned_source.ts";
import type { StreamSide } from "./stream_side.ts";

/** Answers what Spark asks of a stream's source, as long as the query runs. */
export function openStreamConversation(
  find: (blob: Uint8Array) => FoundPlanned,
): Conversation {
  return new StreamConversation(find);
}

class StreamConversation implements Conversation {
  readonly #find: (blob: Uint8Array) => FoundPlanned;
  #source: PlannedSource | null = null;
  #side: StreamSide | null = null;
  #hasStart = false;
  #hasEnded = false;

  constructor(find: (blob: Uint8Array) => FoundPlanned) {
    this.#find = find;
  }

  read(reader: ByteReader): (writer: ByteWriter) => Promise<void> {
    if (this.#hasStart) {
      const question = readStreamQuestion(reader);
      return (writer) => this.#answer(question, writer);
    }
    const start = readStreamStart(reader);
    this.#hasStart = true;
    return (writer) => this.#start(start, writer);
  }

  end(): void {
    this.#hasEnded = true;
    this.#stop();
  }

  /** Spark asks no more, so that nothing but the terminal can be told what goes wrong. */
  #stop(): void {
    const [source, side] = [this.#source, this.#side];
    if (source === null || side === null) return;
    source.during("stop()", () => side.stop()).catch((error) =>
      writeErrorText(`${errorMessage(error)}\n`)
    );
  }

  async #start(start: StreamStart, writer: ByteWriter): Promise<void> {
    const { planned, state } = this.#find(start.instance);
    if (!(planned instanceof PlannedSource)) throw notStarted();
    this.#source = planned;
    const { schema, maxRecords } = start;
    this.#side = await planned.streamSide(optionsIn(state), schema, maxRecords);
    if (this.#hasEnded) this.#stop();
    writeDone(writer);
  }

  async #answer(question: StreamQuestion, writer: ByteWriter): Promise<void> {
    const [source, side] = [this.#source, this.#side];
    if (source === null || side === null) throw notStarted();
    const during = <T>(method: string, body: () => Promise<T>): Promise<T> =>
      source.during(method, body);
    switch (question.kind) {
      case "initialOffset":
        return writeStreamText(
          writer,
          await during(
            "initialOffset()",
            async () => offsetText(await side.initialOffset()),
          ),
        );
      case "latestOffset":
      case "latestOffsetWithin":
        return writeStreamText(
          writer,
          await during("latestOffset()", async () =>
            offsetText(
              question.kind === "latestOffset"
                ? await side.latestOffset(null, { kind: "ReadAllAvailable" })
                : await side.latestOffset(
                  offsetOf(question.start),
                  limitOf(question.limit),
                ),
            )),
        );
      case "partitions": {
        const { partitions, rows } = await during("partitions()", async () => {
          const batch = await side.batch(
            offsetOf(question.start),
            offsetOf(question.end),
          );
          const codec = createCborCodec();
          const blobs = batch.partitions.map((part) =>
            codec.encode(part).slice()
          );
          return { partitions: blobs, rows: batch.rows };
        });
        writeBlobs(writer, partitions);
        return writePrefetched(writer, rows);
      }
      case "commit":
        await during("commit()", () => side.commit(offsetOf(question.end)));
        return writeDone(writer);
      case "features":
        writer.writeInt(
          (side.hasAdmissionControl ? STREAM_FEATURES.admissionControl : 0) +
            (side.hasAvailableNow ? STREAM_FEATURES.availableNow : 0),
        );
        return;
      case "prepareForAvailableNow":
        await during(
          "prepareForTriggerAvailableNow()",
          () => side.prepareForAvailableNow(),
        );
        return writeDone(writer);
      case "defaultLimit":
        return writeStreamText(
          writer,
          await during(
            "getDefaultReadLimit()",
            async () => limitText(await side.defaultLimit()),
          ),
        );
      case "reportedOffset": {
        const offset = await during("reportLatestOffset()", async () => {
          const reported = await side.reportedOffset();
          return reported === null ? null : offsetText(reported);
        });
        return writeStreamText(writer, offset);
      }
    }
  }
}

function offsetOf(json: string): StreamOffset {
  return JSON.parse(json) as StreamOffset;
}

/** An offset as text, by which Spark keeps it and tells it from others. */
function offsetText(offset: unknown): string {
  if (isObject(offset) && isPlain(offset) && isJson(offset)) {
    return JSON.stringify(offset);
  }
  throw new SparkError(
    "OFFSET_INVALID",
    `Cannot use ${
      describeValue(offset)
    } as an offset of a stream: give an object of numbers, texts and flags, which JSON holds`,
    { offset: describeValue(offset) },
  );
}

/** Whether a value comes back from JSON as it is. */
function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJson);
  if (isObject(value)) {
    return isPlain(value) &&
      Object.values(value).every((part) => part === undefined || isJson(part));
  }
  return value === null || typeof value === "string" ||
    typeof value === "boolean" || Number.isFinite(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The fields of limits, here and in Spark. Peer: `ReadLimit` of PySpark, Spark 4.2 – 4.3. */
const LIMIT_FIELDS = {
  ReadAllAvailable: null,
  ReadMinRows: ["minRows", "min_rows"],
  ReadMaxRows: ["maxRows", "max_rows"],
  ReadMaxFiles: ["maxFiles", "max_files"],
  ReadMaxBytes: ["maxBytes", "max_bytes"],
} as const satisfies Record<
  ReadLimit["kind"],
  readonly [string, string] | null
>;

function limitText(limit: ReadLimit): string {
  const fields = LIMIT_FIELDS[limit.kind];
  if (fields === undefined) {
    throw new SparkError(
      "READ_LIMIT_INVALID",
      `Cannot use ${
        describeValue(limit)
      } as the limit of a batch: give one of ${
        Object.keys(LIMIT_FIELDS).map((kind) => `{ kind: "${kind}" }`).join(
          ", ",
        )
      }`,
    );
  }
  return JSON.stringify({
    _type: limit.kind,
    ...fields === null ? {} : { [fields[1]]: Reflect.get(limit, fields[0]) },
  });
}

function limitOf(json: string): ReadLimit {
  const sent = JSON.parse(json) as { readonly _type: ReadLimit["kind"] };
  const fields = LIMIT_FIELDS[sent._type];
  if (fields === undefined) {
    throw new ProtocolError(
      "READ_LIMIT_INVALID",
      `Cannot read the limit "${sent._type}" of a batch: the JVM may be newer than the Spark version that the driver knows`,
      { limit: sent._type },
    );
  }
  return Object.freeze({
    kind: sent._type,
    ...fields === null ? {} : { [fields[0]]: Reflect.get(sent, fields[1]) },
  }) as ReadLimit;
}

function notStarted(): ProtocolError {
  return new ProtocolError(
    "QUESTION_INVALID",
    "Cannot answer what Spark asks of a stream's source: it did not say of which; update TSpark",
  );
}
