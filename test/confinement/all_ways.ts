import type { Way } from "./way.ts";
import { BUILTINS } from "./ways/builtins.ts";
import { CODE } from "./ways/code.ts";
import { DESCRIPTORS } from "./ways/descriptors.ts";
import { ENGINE } from "./ways/engine.ts";
import { FILES } from "./ways/files.ts";
import { HANDLES } from "./ways/handles.ts";
import { MORE_FILES } from "./ways/more_files.ts";
import { MORE_NETWORKS } from "./ways/more_networks.ts";
import { NETWORK } from "./ways/network.ts";
import { PROCESSES } from "./ways/processes.ts";
import { THREADS } from "./ways/threads.ts";

/** All ways out, by what they are about. */
export const WAYS: ReadonlyMap<string, readonly Way[]> = new Map([
  ["Files and the environment", [...FILES, ...MORE_FILES]],
  ["Networks", [...NETWORK, ...MORE_NETWORKS]],
  ["Processes, native code, the engine", [...PROCESSES, ...ENGINE]],
  ["Code from elsewhere, threads, stores", CODE],
  ["Threads", THREADS],
  ["Descriptors by number", [...DESCRIPTORS, ...HANDLES]],
  ["The language's own objects", BUILTINS],
]);
