/**
 * What Spark starts in place of Python: `-m <daemon module> <worker module>`
 * (3.5 leaves out the second) or, without a daemon, `-m <worker module>`; on the
 * driver's machine, modules that plan queries. The daemon starts this file
 * again for its workers: `serve <listening descriptor>`, `serve pipes`,
 * `confined <listening descriptor>`, or `relay <listening descriptor>`, which
 * has this file run on a thread of the driver's program.
 *
 * Loads nothing but what the role needs: start-up time is task time.
 *
 * @module
 */
import { errorStack } from "../src/common/error_message.ts";
import { writeErrorText } from "../src/common/log.ts";
import { isPlannerModule } from "../src/protocol/planner_modules.ts";

const DAEMON_MODULE = "pyspark.daemon";
const WORKER_MODULE = "pyspark.worker";

/** Whether this file was started by the driver's program, as a thread. */
const isThread = "DedicatedWorkerGlobalScope" in globalThis;

/** What this process is to be, by its arguments. */
export type Role =
  | { readonly kind: "daemon" }
  | { readonly kind: "single" }
  | { readonly kind: "serve"; readonly listener: number | "pipes" }
  | { readonly kind: "confined" | "relay"; readonly listener: number }
  | {
    readonly kind: "planner";
    readonly module: string;
    readonly isDaemon: boolean;
  }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Reads the arguments.
 *
 * @param args without the program's own name
 */
export function parseRole(args: readonly string[]): Role {
  const [first, second, third] = args;
  if (first === "serve" && second === "pipes") {
    return { kind: "serve", listener: "pipes" };
  }
  if (
    (first === "serve" || first === "confined" || first === "relay") &&
    /^\d+$/.test(second ?? "")
  ) {
    return { kind: first, listener: Number(second) };
  }
  if (first !== "-m" || second === undefined) {
    return {
      kind: "refused",
      reason: `Cannot start a worker with arguments "${
        args.join(" ")
      }": this program is started by Spark; run your own with deno run`,
    };
  }
  if (second === DAEMON_MODULE && third === undefined) {
    return { kind: "daemon" };
  }
  const module = third ?? second;
  if (isPlannerModule(module)) {
    return { kind: "planner", module, isDaemon: third !== undefined };
  }
  if (module !== WORKER_MODULE) {
    return {
      kind: "refused",
      reason:
        `Cannot run the worker module "${module}": TSpark has no counterpart of it; avoid the Spark feature that asks for it`,
    };
  }
  return { kind: third === undefined ? "single" : "daemon" };
}

async function main(): Promise<void> {
  if (isThread) {
    const { runThread } = await import("./daemon/thread.ts");
    return await runThread();
  }
  const role = parseRole(Deno.args);
  switch (role.kind) {
    case "daemon": {
      const { runDaemon } = await import("./daemon/daemon.ts");
      await runDaemon();
      break;
    }
    case "single": {
      const { serveSingle } = await import("./daemon/serve.ts");
      await serveSingle();
      break;
    }
    case "serve": {
      const { serveListener, servePipes } = await import("./daemon/serve.ts");
      if (role.listener === "pipes") await servePipes();
      else await serveListener(role.listener);
      break;
    }
    case "confined": {
      const { serveConfined } = await import("./daemon/serve.ts");
      await serveConfined(role.listener);
      break;
    }
    case "relay": {
      const { handOver } = await import("./daemon/hand_over.ts");
      await handOver(role.listener);
      break;
    }
    case "planner": {
      const { runPlannerAlone, runPlannerDaemon } = await import(
        "./planner/relay.ts"
      );
      await (role.isDaemon ? runPlannerDaemon : runPlannerAlone)(role.module);
      break;
    }
    case "refused":
      writeErrorText(`${role.reason}\n`);
      Deno.exit(1);
  }
}

// Not awaited: Deno would end, without a word, a worker whose function awaits
// a promise that nothing can settle (see ./leftover_errors.ts).
if (import.meta.main) {
  main().catch((error) => {
    // The program tells what its threads cannot go on for, where it matters.
    if (!isThread) writeErrorText(`Cannot go on: ${describe(error)}\n`);
    Deno.exit(1);
  });
}

function describe(error: unknown): string {
  return errorStack(error);
}
