import type { WorkerIo } from "../../src/bridge/worker_io.ts";
import type { ByteReader } from "../../src/common/byte_reader.ts";
import type { StageOutput } from "../../src/protocol/command.ts";
import type { AsyncStep } from "../../src/protocol/step.ts";
import { AsyncInput } from "./async_input.ts";
import { runAsyncStage } from "./async_stage.ts";
import type { AsyncOutput } from "./async_tools.ts";
import { AsyncWriter } from "./async_writer.ts";
import type { TaskLife } from "../task/task_life.ts";
import type { Clock } from "../task/event_loop.ts";
import type { RecordOutput } from "./record_output.ts";

const HELD_MS = 100; // how long a result may wait for others to share a batch with

/** A task of a stage whose function awaits. */
export interface AsyncTask {
  readonly step: AsyncStep<unknown>;
  /** The operation and where the user wrote it. */
  readonly site: string;
  /** How many records are wanted; null: all. */
  readonly limit: number | null;
  /** The partition's index. */
  readonly index: number;
  /** Whether the task goes on. */
  readonly life: TaskLife;
  readonly clock: Clock;
  readonly io: Pick<WorkerIo, "readAsync" | "writeAsync">;
  readonly reader: ByteReader;
  /** Decodes what the reader holds. */
  readonly batches: Iterable<unknown[]>;
  readonly output: StageOutput<unknown>;
  /** Opens the output, whose bytes go where it is told. */
  readonly openOutput: (write: (bytes: Uint8Array) => void) => RecordOutput;
  /** Refuses a function's result that cannot be iterated. */
  readonly iterable: (value: unknown) => Iterable<unknown>;
  /** Rejects when something that the functions left behind fails. */
  readonly failed: Promise<never>;
}

/**
 * Runs a stage over a partition with the event loop free: neither input nor
 * output block it.
 *
 * @returns what may go on by itself; nothing when all is done
 * @throws the first error of the stage; nothing is being written by then
 */
export async function runAsyncTask(task: AsyncTask): Promise<AsyncRest> {
  const { reader, io, batches, life } = task;
  const input = new AsyncInput(reader, io, batches, life);
  const writer = new AsyncWriter(task.io);
  const records = task.openOutput((bytes) => writer.write(bytes));
  const output = new PromptOutput(records, writer, task);
  const run = async (): Promise<boolean> => {
    const hasCalls = await runAsyncStage(task.step, input, {
      ...task,
      output,
    });
    records.finish();
    await writer.drain();
    return hasCalls || output.isOver;
  };
  try {
    const hasCalls = await Promise.race([run(), output.failed, task.failed]);
    return { hasCalls, settled: input.settled() };
  } finally {
    output.stop();
    await writer.stop();
  }
}

/** What an asynchronous stage leaves behind that succeeded. */
export interface AsyncRest {
  /** Whether calls of the function may still be under way. */
  readonly hasCalls: boolean;
  /** Settles when the input is no longer being read. */
  readonly settled: Promise<void>;
}

/** Hands results over after a while even when they do not fill a batch: whoever takes just a few need not wait. */
class PromptOutput implements AsyncOutput {
  readonly #records: RecordOutput;
  readonly #writer: AsyncWriter;
  readonly #clock: Clock;
  readonly #mayCut: boolean;
  #left: number;
  readonly #failed = Promise.withResolvers<never>();
  #stopTimer: (() => void) | null = null;

  constructor(
    records: RecordOutput,
    writer: AsyncWriter,
    { clock, output, limit }: AsyncTask,
  ) {
    this.#records = records;
    this.#writer = writer;
    this.#clock = clock;
    this.#mayCut = output.kind === "text" ||
      (output.kind === "batch" && output.records === null);
    this.#left = limit ?? Infinity;
  }

  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  get isOver(): boolean {
    return this.#left === 0;
  }

  get isFull(): boolean {
    return this.#writer.isFull;
  }

  whenFree(): Promise<void> {
    return this.#writer.whenFree();
  }

  emit(record: unknown): void {
    if (this.isOver) return;
    this.#left--;
    this.#records.emit(record);
    if (this.#mayCut && this.#stopTimer === null) {
      this.#stopTimer = this.#clock.after(HELD_MS, () => this.#cut());
    }
  }

  stop(): void {
    this.#stopTimer?.();
  }

  #cut(): void {
    this.#stopTimer = null;
    try {
      this.#records.finish();
    } catch (error) {
      this.#failed.reject(error);
    }
  }
}
