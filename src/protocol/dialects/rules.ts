import type { ByteReader } from "../../common/byte_reader.ts";
import type { Dialect } from "../dialect.ts";
import type { TaskConfs } from "../task_confs.ts";
import type { StateListForm } from "../state_request.ts";
import type { TaskContextInfo } from "../task_context.ts";

/** All in which one dialect differs from the others. */
export interface DialectRules {
  /** Which dialect this is. */
  readonly dialect: Dialect;
  /** Whether the header is sent as one message: int -8, int length, content. */
  readonly enveloped: boolean;
  /** Whether the port -1 announces the path of a Unix socket. */
  readonly unixSockets: boolean;
  /** Reads the task context. */
  readonly readTaskContext: (reader: ByteReader) => TaskContextInfo;
  /** Reads the settings that follow the kind of evaluation. */
  readonly readConfs: (reader: ByteReader, evalType: number) => TaskConfs;
  /** Whether the timing report ends with the processing duration. */
  readonly reportsProcessing: boolean;
  /** What UDF commands hold beyond the functions. */
  readonly udf: UdfRules;
}

/** What a dialect's UDF commands hold beyond the functions. */
export interface UdfRules {
  /** Whether a flag, and perhaps a name, follows each argument's offset. */
  readonly namesArguments: (evalType: number) => boolean;
  /** Whether a text with the input's type (JSON) stands before the functions. */
  readonly sendsInputType: (evalType: number) => boolean;
  /** Whether the command says if, and how, it is profiled. */
  readonly sendsProfiler: boolean;
  /** Whether a result id follows each function. */
  readonly sendsResultId: "never" | "when profiled" | "always";
  /** What table functions have beyond arguments, handler and return type: nothing, or partition columns, analysis and name. */
  readonly tableDetails: boolean;
  /** How a group of rows comes: as one batch of one stream, or as a stream of its own. */
  readonly groups: "batch" | "stream";
  /** The setting that says which window functions have bounds. */
  readonly windowBounds: string;
  /** How schemas and the place of the state server come to tasks with state: as texts and numbers before the functions, or as settings. */
  readonly stateFacts: "fields" | "settings";
  /** How a state server sends lists of rows and of timers. */
  readonly stateLists: StateListForm;
  /** Whether kind 302 lists the offsets of its table arguments. */
  readonly sendsTableOffsets: boolean;
}
