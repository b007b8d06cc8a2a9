/**
 * The other process of the tests beside it: `child.ts <mode> [descriptor]`.
 *
 * @module
 */
import { loadAddon } from "../../../src/bridge/addon.ts";
import { loadKernels } from "../../../src/bridge/kernels.ts";
import { openPipeIo } from "../../../src/bridge/pipe_io.ts";
import { PIPES } from "../../../src/bridge/pipe_program.ts";
import {
  openDescriptorIo,
  type WorkerIo,
} from "../../../src/bridge/worker_io.ts";
import { SparkError } from "../../../src/common/errors.ts";
import { neededAddon } from "./needed_addon.ts";

const STDIN = 0;
const STDOUT = 1;

/** Sends back what comes, up to the end. */
function echo(io: WorkerIo): void {
  const space = new Uint8Array(1 << 16);
  for (let count = 1; count > 0;) {
    count = io.read(space);
    if (count > 0) io.write(space.subarray(0, count));
  }
  io.close();
}

/** As {@link echo}, with the event loop free: tells on stderr whether a timer fired while it waited. */
async function echoAsync(io: WorkerIo): Promise<void> {
  const space = new Uint8Array(1 << 16);
  const timer = setTimeout(() => console.error("the timer fired"), 1);
  for (let count = 1; count > 0;) {
    count = await io.readAsync(space);
    if (count > 0) await io.writeAsync(space.subarray(0, count));
  }
  clearTimeout(timer);
  io.close();
}

/** Writes until that fails, and tells why on stderr. */
function writeOn(io: WorkerIo): void {
  try {
    for (;;) io.write(new Uint8Array(1 << 16));
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    console.error(`${error.condition}: ${error.message}`);
  }
}

/** As {@link writeOn}, with the event loop free. */
async function writeOnAsync(io: WorkerIo): Promise<void> {
  try {
    for (;;) await io.writeAsync(new Uint8Array(1 << 16));
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    console.error(`${error.condition}: ${error.message}`);
  }
}

function accept(descriptor: number): WorkerIo | null {
  const addon = neededAddon();
  const fd = addon.acceptWorker(descriptor, STDIN);
  return fd === -1 ? null : openDescriptorIo(addon, fd);
}

async function main(mode: string, descriptor: number): Promise<void> {
  switch (mode) {
    case "accept-and-echo": {
      const io = accept(descriptor);
      if (io === null) console.error("the parent has gone");
      else echo(io);
      break;
    }
    case "accept-and-write": {
      const io = accept(descriptor);
      if (io !== null) writeOn(io);
      break;
    }
    case "accept-and-echo-async": {
      const io = accept(descriptor);
      if (io !== null) await echoAsync(io);
      break;
    }
    case "accept-and-write-async": {
      const io = accept(descriptor);
      if (io !== null) await writeOnAsync(io);
      break;
    }
    case "accept-and-loop": {
      const addon = neededAddon();
      addon.exitOnClose(addon.acceptWorker(descriptor, STDIN));
      console.error("looping");
      for (;;);
    }
    case "loop":
      neededAddon().exitOnClose(STDIN);
      console.error("looping");
      for (;;);
    case "pipe-echo":
      echo(await openPipeIo(PIPES));
      break;
    case "pipe-echo-async":
      await echoAsync(await openPipeIo(PIPES));
      break;
    case "pipe-write-async":
      await writeOnAsync(await openPipeIo(PIPES));
      break;
    case "pipe-write":
      writeOn(await openPipeIo(PIPES));
      break;
    case "pipe-and-stdin": {
      const io = await openPipeIo(PIPES);
      const inherited = await new Deno.Command("cat", {
        stdin: "inherit",
        stdout: "piped",
      }).output();
      const own = Deno.stdin.readSync(new Uint8Array(1));
      console.log("for people");
      console.error(`${own} ${inherited.stdout.length}`);
      io.close();
      break;
    }
    case "accept-for-a-reader":
      console.error(neededAddon().acceptWorker(descriptor, STDOUT));
      break;
    case "pipe-write-closed": {
      const io = await openPipeIo(PIPES);
      io.close();
      writeOn(io);
      break;
    }
    case "load":
      console.error(JSON.stringify({
        hasAddon: loadAddon().addon !== null,
        reason: loadKernels().reason,
      }));
      break;
    default:
      throw new Error(`Cannot run "${mode}": no such mode`);
  }
}

await main(Deno.args[0] ?? "", Number(Deno.args[1]));
