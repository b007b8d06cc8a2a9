import type { Kernels } from "../../src/bridge/kernel_types.ts";
import type { WorkerFiles } from "../../src/bridge/worker_files.ts";
import type { WorkerIo } from "../../src/bridge/worker_io.ts";
import type { ByteReader } from "../../src/common/byte_reader.ts";
import type { Dialect } from "../../src/protocol/dialect.ts";
import type { KeyHasher } from "../../src/serde/keys/key_hasher.ts";
import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import type { ClosureReviver } from "../closure/revive_closure.ts";
import type { CrashReport } from "../daemon/crash_report.ts";
import type { MemoryLimits } from "../daemon/memory_watch.ts";
import type { StageLoader } from "../rdd/stage.ts";
import type { StateServer } from "../../src/protocol/state_command.ts";
import type { KnownBuiltins } from "./builtins.ts";
import type { FunctionOutput } from "./function_output.ts";
import type { LocalConnection } from "./local_connection.ts";
import type { TaskOwners } from "./task_owners.ts";
import type { SharedValues } from "./shared_values.ts";
import type { UnhandledErrors } from "./unhandled_errors.ts";

/** What a worker keeps from task to task. */
export interface WorkerTools {
  readonly dialect: Dialect;
  readonly reader: ByteReader;
  readonly write: (bytes: Uint8Array) => void;
  readonly io: WorkerIo;
  /** Whose a promise or a callback is. */
  readonly owners: TaskOwners;
  /** What functions print. */
  readonly output: FunctionOutput;
  readonly leftovers: UnhandledErrors;
  /** The language's own objects as they were when the worker started. */
  readonly builtins: KnownBuiltins;
  readonly crashReport: CrashReport;
  /** What memory this process may hold. */
  readonly limits: MemoryLimits;
  readonly kernels: Kernels;
  readonly codec: RecordCodec;
  readonly hasher: KeyHasher;
  /** Makes functions of closure records. */
  readonly reviver: ClosureReviver;
  readonly stages: StageLoader;
  /** Stands for the handles that functions name. */
  readonly shared: SharedValues;
  /** V8's garbage collector; null where it is not exposed. */
  readonly collect: (() => void) | null;
  /** Where records may go that do not fit into memory. */
  readonly spillFolders: readonly string[];
  /** Connects to the state server of a task. */
  readonly connectState: (server: StateServer) => LocalConnection;
  readonly files: WorkerFiles;
  /** What functions may do, by the setting; null: everything. */
  readonly permissions: string | null;
}
