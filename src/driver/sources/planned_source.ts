import type { ByteWriter } from "../../common/byte_writer.ts";
import {
  writeCreated,
  writeDone,
  writePushed,
  writeReading,
  writeWriting,
} from "../../protocol/planner_answer.ts";
import type { PlannerQuestion } from "../../protocol/planner_question.ts";
import type { UdfForm, ValueForms } from "../../protocol/udf_record.ts";
import { createCborCodec } from "../../serde/cbor/cbor.ts";
import { StructType } from "../../types/spark_types.ts";
import type { Planned, PlannerServer } from "../runtime/planner_server.ts";
import { planning } from "../runtime/planning.ts";
import { toSchema } from "../udf/schema_types.ts";
import type {
  DataSource,
  DataSourceArrowWriter,
  DataSourceClass,
  DataSourceOptions,
  DataSourceReader,
  DataSourceStreamArrowWriter,
  DataSourceStreamReader,
  DataSourceStreamWriter,
  DataSourceWriter,
  SimpleDataSourceStreamReader,
} from "./data_source.ts";
import { readFilters } from "./read_filters.ts";
import {
  filtersDisabled,
  foreignFilter,
  lacksMethod,
  requireMethods,
  requirePartitions,
  writerUnknown,
} from "./source_checks.ts";
import type { Filter } from "./source_filters.ts";
import { partitionedSide, simpleSide, type StreamSide } from "./stream_side.ts";

type Question<K extends PlannerQuestion["kind"]> = Extract<
  PlannerQuestion,
  { readonly kind: K }
>;

/** What tasks run of a source, as bytes for the JVM. */
export type TaskCommand = (
  form: UdfForm,
  holder: object,
  method: string,
  schema: StructType,
) => Promise<Uint8Array>;

/** A class that Spark plans reads and writes of. */
export interface SourceParts {
  readonly source: DataSourceClass;
  readonly planner: PlannerServer;
  /** Whether this Spark has filters to offer. */
  readonly offersFilters: boolean;
  /** As which of the program's values rows are read. */
  readonly values: ValueForms;
  /** Makes the command of tasks. */
  readonly command: TaskCommand;
}

/** What tells the columns that messages of tasks come in. Peer: `UserDefinedPythonDataSource.writeOutputSchema`. */
const MESSAGES = StructType.fromDDL("message BINARY");

/** Answers what Spark asks of one class. */
export class PlannedSource implements Planned {
  readonly #parts: SourceParts;
  readonly #writers = new Map<number, AnyWriter>();
  #count = 0;
  #number = 0;

  /** @param parts the class */
  constructor(parts: SourceParts) {
    this.#parts = parts;
  }

  /** The format's name. */
  get name(): string {
    return this.#parts.source.name;
  }

  get madeOf(): readonly unknown[] {
    const { source, values: { longs, timestamps, dates } } = this.#parts;
    return [source, this.name, longs, timestamps, dates];
  }

  /** Has Spark's questions answered; gives the bytes that name the class. */
  async open(): Promise<Uint8Array> {
    const { planner } = this.#parts;
    this.#number = await planner.add(this);
    return planner.blob(this.#number);
  }

  async answer(
    question: PlannerQuestion,
    state: unknown,
    writer: ByteWriter,
  ): Promise<void> {
    switch (question.kind) {
      case "create":
        return await this.#create(question, writer);
      case "read":
        return await this.#read(question, optionsIn(state), writer);
      case "filters":
        return await this.#filter(question, optionsIn(state), writer);
      case "write":
        return await this.#write(question, writer);
      case "commit":
        return await this.#commit(question, numberIn(state), writer);
      case "commitBatch":
        return await this.#commitBatch(question, optionsIn(state), writer);
      default:
        throw lacksMethod(this.name, question.kind, "for that");
    }
  }

  /**
   * Makes a source.
   *
   * @param options what the program set
   */
  make(options: DataSourceOptions): Promise<DataSource> {
    const { source: Source } = this.#parts;
    return this.during("the constructor", () => new Source(options));
  }

  /** Runs one of the class's methods. */
  during<T>(method: string, body: () => T | PromiseLike<T>): Promise<T> {
    const what = `${method} of the data source "${this.name}"`;
    return planning(this.#parts.planner, what, body);
  }

  async #create(
    { schema: wanted, options: given }: Question<"create">,
    writer: ByteWriter,
  ): Promise<void> {
    const options = optionsOf(given);
    const source = await this.make(options);
    const schema = wanted === null
      ? await this.during("schema()", async () => {
        if (source.schema === undefined) {
          throw lacksMethod(this.name, "read", "schema()", SCHEMA_REMEDY);
        }
        return toSchema(await source.schema()).json();
      })
      : wanted;
    const instance = this.#parts.planner.blob(this.#number, { options });
    writeCreated(writer, instance, { text: schema, isDdl: false });
  }

  async #read(
    question: Question<"read">,
    options: DataSourceOptions,
    writer: ByteWriter,
  ): Promise<void> {
    const schema = StructType.fromJson(question.schema);
    const source = await this.make(options);
    if (question.isStreaming) {
      return await this.#readStream(source, schema, writer);
    }
    const reader = await this.#reader(source, schema);
    const { offersFilters } = this.#parts;
    const isPushed = reader.pushFilters === undefined || question.pushdown;
    if (offersFilters && !isPushed) throw filtersDisabled(this.name);
    await this.#reading(reader, schema, writer);
  }

  async #filter(
    question: Question<"filters">,
    options: DataSourceOptions,
    writer: ByteWriter,
  ): Promise<void> {
    const schema = StructType.fromJson(question.schema);
    const reader = await this.#reader(await this.make(options), schema);
    const filters = readFilters(question.filters);
    const left = await this.during(
      "pushFilters()",
      async () =>
        new Set<Filter>(await reader.pushFilters?.(filters) ?? filters),
    );
    for (const filter of left) {
      if (!filters.includes(filter)) throw foreignFilter(this.name);
    }
    await this.#reading(reader, schema, writer);
    writePushed(
      writer,
      filters.flatMap((filter, at) => left.has(filter) ? [] : [at]),
    );
  }

  /**
   * What Spark asks of a stream, as long as the query runs.
   *
   * @param options what the program set
   * @param json the columns
   * @param maxRecords most rows of one Arrow batch
   */
  async streamSide(
    options: DataSourceOptions,
    json: string,
    maxRecords: number,
  ): Promise<StreamSide> {
    const schema = StructType.fromJson(json);
    const source = await this.make(options);
    if (source.streamReader !== undefined) {
      return partitionedSide(await this.#streamReader(source, schema));
    }
    const reader = await this.#simpleReader(source, schema);
    return simpleSide(reader, schema, maxRecords);
  }

  /** How tasks read a stream; the partitions are asked for batch by batch. */
  async #readStream(
    source: DataSource,
    schema: StructType,
    writer: ByteWriter,
  ): Promise<void> {
    const command = source.streamReader !== undefined
      ? await this.#command(
        "readSource",
        await this.#streamReader(source, schema),
        "read",
        schema,
      )
      : await this.#command(
        "readSourceBetween",
        await this.#simpleReader(source, schema),
        "readBetweenOffsets",
        schema,
      );
    writeReading(writer, command, []);
  }

  #streamReader(
    source: DataSource,
    schema: StructType,
  ): Promise<DataSourceStreamReader> {
    return this.during("streamReader()", async () => {
      const reader = await source.streamReader?.(schema);
      return requireMethods(
        reader as DataSourceStreamReader,
        `the stream reader of "${this.name}"`,
        ["latestOffset"],
      );
    });
  }

  #simpleReader(
    source: DataSource,
    schema: StructType,
  ): Promise<SimpleDataSourceStreamReader> {
    return this.during("simpleStreamReader()", async () => {
      if (source.simpleStreamReader === undefined) {
        const methods = "streamReader() or simpleStreamReader()";
        throw lacksMethod(this.name, "stream", methods);
      }
      return requireMethods(
        await source.simpleStreamReader(schema),
        `the stream reader of "${this.name}"`,
        ["readBetweenOffsets"],
      );
    });
  }

  #streamWriter(
    source: DataSource,
    schema: StructType,
    overwrite: boolean,
  ): Promise<DataSourceStreamWriter | DataSourceStreamArrowWriter> {
    return this.during("streamWriter()", async () => {
      if (source.streamWriter === undefined) {
        throw lacksMethod(this.name, "write a stream to", "streamWriter()");
      }
      return requireMethods(
        await source.streamWriter(schema, overwrite),
        `the stream writer of "${this.name}"`,
        WRITE_METHODS,
      );
    });
  }

  async #commitBatch(
    question: Question<"commitBatch">,
    options: DataSourceOptions,
    writer: ByteWriter,
  ): Promise<void> {
    const { schema, overwrite, batchId, isAbort } = question;
    const made = await this.#streamWriter(
      await this.make(options),
      StructType.fromJson(schema),
      overwrite,
    );
    const messages = messagesOf(question.messages);
    await this.during(
      isAbort ? "abort()" : "commit()",
      () =>
        isAbort
          ? made.abort?.(messages, batchId)
          : made.commit?.(messages, batchId),
    );
    writeDone(writer);
  }

  #reader(source: DataSource, schema: StructType): Promise<DataSourceReader> {
    return this.during("reader()", async () => {
      if (source.reader === undefined) {
        throw lacksMethod(this.name, "read", "reader()");
      }
      return requireMethods(
        await source.reader(schema),
        `the reader of "${this.name}"`,
        ["read"],
      );
    });
  }

  async #reading(
    reader: DataSourceReader,
    schema: StructType,
    writer: ByteWriter,
  ): Promise<void> {
    const partitions = await this.during("partitions()", async () => {
      const given = requirePartitions(await reader.partitions?.() ?? [null]);
      const codec = createCborCodec();
      const parts = given.length === 0 ? [null] : given;
      return parts.map((part) => codec.encode(part).slice());
    });
    const command = await this.#command("readSource", reader, "read", schema);
    writeReading(writer, command, partitions);
  }

  async #write(
    question: Question<"write">,
    writer: ByteWriter,
  ): Promise<void> {
    const schema = StructType.fromJson(question.schema);
    const source = await this.make(optionsOf(question.options));
    if (question.isStreaming) {
      const made = await this.#streamWriter(source, schema, question.overwrite);
      const command = await this.#writeCommand(made);
      return writeWriting(writer, command, new Uint8Array(0));
    }
    const made = await this.during("writer()", async () => {
      if (source.writer === undefined) {
        throw lacksMethod(this.name, "write", "writer()");
      }
      return requireMethods(
        await source.writer(schema, question.overwrite),
        `the writer of "${this.name}"`,
        WRITE_METHODS,
      );
    });
    const number = this.#keep(made);
    writeWriting(
      writer,
      await this.#writeCommand(made),
      this.#parts.planner.blob(this.#number, { writer: number }),
    );
  }

  /** Keeps a writer until it commits or aborts. Of one whose query ended without either, Spark tells nothing. */
  #keep(made: AnyWriter): number {
    const number = this.#count++;
    this.#writers.set(number, made);
    if (this.#writers.size > MAX_WRITERS) {
      const [oldest = number] = this.#writers.keys();
      this.#writers.delete(oldest);
    }
    return number;
  }

  #writeCommand(made: object): Promise<Uint8Array> {
    const isArrow = "writeArrow" in made;
    return this.#command(
      isArrow ? "writeSourceTables" : "writeSource",
      made,
      isArrow ? "writeArrow" : "write",
      MESSAGES,
    );
  }

  async #commit(
    { messages: sent, isAbort }: Question<"commit">,
    number: number,
    writer: ByteWriter,
  ): Promise<void> {
    const made = this.#writers.get(number);
    if (made === undefined) {
      throw writerUnknown(this.name);
    }
    const messages = messagesOf(sent);
    if (isAbort) {
      this.#writers.delete(number);
      await this.during("abort()", () => made.abort?.(messages));
    } else {
      // One that fails is aborted next.
      await this.during("commit()", () => made.commit?.(messages));
      this.#writers.delete(number);
    }
    writeDone(writer);
  }

  #command(
    form: UdfForm,
    holder: object,
    method: string,
    schema: StructType,
  ): Promise<Uint8Array> {
    const what = `${method}() on executors`;
    return this.during(
      what,
      () => this.#parts.command(form, holder, method, schema),
    );
  }
}

const MAX_WRITERS = 1000; // that write at the same time
type AnyWriter = DataSourceWriter | DataSourceArrowWriter;

const SCHEMA_REMEDY =
  "add it to the class, or give the columns to the read by schema()";
const WRITE_METHODS = ["write", "writeArrow"];

/** By names in lower case: Spark tells them so in some questions, and in others as the program wrote them. */
function optionsOf(given: ReadonlyMap<string, string>): DataSourceOptions {
  return Object.freeze(Object.fromEntries(
    [...given].map(([name, value]) => [name.toLowerCase(), value]),
  ));
}

/** What an instance's bytes carry. */
export function optionsIn(state: unknown): DataSourceOptions {
  const { options } = state as { readonly options: Record<string, string> };
  return Object.freeze({ ...options });
}

function numberIn(state: unknown): number {
  return (state as { readonly writer: number }).writer;
}

/** What tasks told; null of those that failed. */
export function messagesOf(
  sent: readonly (Uint8Array | null)[],
): unknown[] {
  const codec = createCborCodec();
  return sent.map((bytes) => bytes === null ? null : codec.decode(bytes));
}
