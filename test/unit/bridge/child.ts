/**
 * The other process of the tests beside it: `child.ts <mode> [descriptor]`.
 *
 * @module
 */
import { loadAddon } from "../../../src/bridge/addon.ts";
import { loadKernels } from "../../../src/bridge/kernels.ts";
import {
  openDescriptorIo,
  openPipeIo,
  type WorkerIo,
} from "../../../src/bridge/worker_io.ts";
import { SparkError } from "../../../src/common/errors.ts";
import { neededAddon } from "./needed_addon.ts";

const STDIN = 0;

/** Sends back what comes, up to the end. */
function echo(io: WorkerIo): void {
  const space = new Uint8Array(1 << 16);
  for (let count = 1; count > 0;) {
    count = io.read(space);
    if (count > 0) io.write(space.subarray(0, count));
  }
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

function accept(descriptor: number): WorkerIo | null {
  const addon = neededAddon();
  const fd = addon.acceptWorker(descriptor, STDIN);
  return fd === -1 ? null : openDescriptorIo(addon, fd);
}

function main(mode: string, descriptor: number): void {
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
    case "loop":
      neededAddon().exitOnClose(STDIN);
      console.error("looping");
      for (;;);
    case "pipe-echo":
      echo(openPipeIo());
      break;
    case "pipe-write":
      writeOn(openPipeIo());
      break;
    case "pipe-write-closed": {
      const io = openPipeIo();
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

main(Deno.args[0] ?? "", Number(Deno.args[1]));
