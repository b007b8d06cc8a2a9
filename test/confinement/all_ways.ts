import type { Way } from "./way.ts";
import { BUILTINS } from "./ways/builtins.ts";
import { CODE } from "./ways/code.ts";
import { DESCRIPTORS } from "./ways/descriptors.ts";
import { FILES } from "./ways/files.ts";
import { NETWORK } from "./ways/network.ts";
import { PROCESSES } from "./ways/processes.ts";

/** All ways out, by what they are about. */
export const WAYS: ReadonlyMap<string, readonly Way[]> = new Map([
  ["Files and the environment", FILES],
  ["Networks", NETWORK],
  ["Processes, native code, the engine", PROCESSES],
  ["Code from elsewhere, threads, stores", CODE],
  ["Descriptors by number", DESCRIPTORS],
  ["The language's own objects", BUILTINS],
]);
