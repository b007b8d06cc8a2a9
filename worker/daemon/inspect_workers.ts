import { writeErrorText } from "../../src/common/log.ts";
import {
  FIRST_INSPECT_PORT,
  INSPECT_VARIABLE,
  type InspectMode,
} from "../../src/common/worker_inspection.ts";
import type { Variables } from "./spark_environment.ts";

const LOOPBACK = "127.0.0.1";
const LAST_PORT = 65_535;

/** How workers are opened for debuggers, by the daemon's environment; null: they are not. */
export function inspectionOf(variables: Variables): InspectMode | null {
  const mode = variables(INSPECT_VARIABLE);
  return mode === "attach" || mode === "wait" ? mode : null;
}

/**
 * A port of this machine alone at which a debugger will find the next worker.
 *
 * @throws Deno.errors.AddrInUse where no port is free
 */
export function freeInspectPort(): number {
  for (let port = FIRST_INSPECT_PORT;; port++) {
    try {
      Deno.listen({ hostname: LOOPBACK, port }).close();
      return port;
    } catch (error) {
      if (port < LAST_PORT && error instanceof Deno.errors.AddrInUse) continue;
      throw error;
    }
  }
}

/** What Deno is told for a worker's debugger. */
export function inspectArgument(mode: InspectMode, port: number): string {
  return `--inspect${mode === "wait" ? "-wait" : ""}=${LOOPBACK}:${port}`;
}

/** Tells the user where a worker's debugger attaches. */
export function tellOfInspection(mode: InspectMode, port: number): void {
  const state = mode === "wait"
    ? "A worker waits for a debugger"
    : "A worker takes a debugger";
  writeErrorText(
    `${state} at ${LOOPBACK}:${port}: attach VS Code to that port, or add it in chrome://inspect\n`,
  );
}
