import { createRequire } from "node:module";
import process from "node:process";
import { WorkerError } from "../../src/common/errors.ts";
import { WORKER_PERMISSIONS } from "../../src/common/worker_permissions.ts";

/** Kinds of handles that Deno opens on any descriptor of the process, by its number. */
const HANDLES = [
  ["pipe_wrap", "Pipe"],
  ["tcp_wrap", "TCP"],
  ["udp_wrap", "UDP"],
] as const;

type Open = (this: unknown, fd: unknown, ...rest: unknown[]) => unknown;

/** What a confined worker still opens, and what not. */
export interface Doors {
  /** Whether a descriptor is the worker's own. */
  readonly isOwn: (fd: number) => boolean;
  /** Whether functions may start programs, whose pipes Deno itself opens by number. */
  readonly mayRun: boolean;
}

/**
 * Takes from functions what would lead around this worker's bounds: threads,
 * which have a world of their own where nothing is locked, and handles on
 * descriptors by their numbers, the task's connection among them. Inner parts
 * of Node make such handles, and go too.
 *
 * @throws WorkerError `CONFINEMENT_FAILED` where this Deno has none of these places
 */
export function closeDoors({ isOwn, mayRun }: Doors): void {
  const load = createRequire(import.meta.url);
  const { Worker: Thread } = load("node:worker_threads") as {
    readonly Worker: object;
  };
  for (const type of [globalThis.Worker, Thread]) refuseToConstruct(type);
  const binding = Reflect.get(process, "binding") as (name: string) => unknown;
  for (const [module, name] of HANDLES) {
    const { [name]: type } = binding.call(process, module) as Readonly<
      Record<string, { readonly prototype: { open?: Open } }>
    >;
    const open = type?.prototype.open;
    if (type === undefined || open === undefined) {
      throw failed(`"${name}" has no method "open"`);
    }
    const guarded: Open = function (fd, ...rest) {
      const number = Number(fd);
      if (!mayRun || isOwn(number)) throw handleRefused(number);
      return open.call(this, number, ...rest);
    };
    Object.defineProperty(type.prototype, "open", {
      value: Object.freeze(guarded),
      writable: false,
      configurable: false,
    });
  }
  // A terminal's handle opens descriptors of any kind as it is made.
  Object.defineProperty(process, "binding", {
    value: Object.freeze(refuseBinding),
    writable: false,
    configurable: false,
  });
}

function refuseBinding(name: unknown): never {
  throw new WorkerError(
    "PERMISSION_DENIED",
    `Cannot use the inner part "${
      String(name)
    }" of Node in a confined worker: it opens descriptors by number; only without ${WORKER_PERMISSIONS} may functions do so`,
    { permission: "binding" },
  );
}

/** A class below another calls that one's constructor before all else. */
function refuseToConstruct(type: object): void {
  const refuse = function (): never {
    throw new WorkerError(
      "PERMISSION_DENIED",
      `Cannot start a thread in a confined worker: nothing would hold what it runs; only without ${WORKER_PERMISSIONS} may functions do so`,
      { permission: "thread" },
    );
  };
  if (!Reflect.setPrototypeOf(type, Object.freeze(refuse))) {
    throw failed("threads can still be started");
  }
  Object.freeze(type);
}

function handleRefused(fd: number): WorkerError {
  return new WorkerError(
    "PERMISSION_DENIED",
    `Cannot open descriptor ${fd} in a confined worker: it may be the worker's own; only without ${WORKER_PERMISSIONS} may functions do so`,
    { permission: "descriptor" },
  );
}

function failed(reason: string): WorkerError {
  return new WorkerError(
    "CONFINEMENT_FAILED",
    `Cannot confine this worker: ${reason}; use the version of Deno that TSpark names`,
    { reason },
  );
}
