import { Socket } from "node:net";
import type { DescriptorSet } from "./own_descriptors.ts";

const MOST = 1 << 16; // descriptors that a process may usually have

/** Descriptors that one thread has opened, which another closes when that one has ended. */
export class SharedDescriptors implements DescriptorSet {
  /** What both threads see: a byte for each number, 1 for one that is open. */
  readonly buffer: SharedArrayBuffer;
  readonly #open: Uint8Array<SharedArrayBuffer>;

  /** @param buffer that of the other thread; a new one by default */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(MOST)) {
    this.buffer = buffer;
    this.#open = new Uint8Array(buffer);
  }

  /** See {@link DescriptorSet}; higher numbers than a process usually has are nobody's. */
  add(fd: number): void {
    this.#open[fd] = 1;
  }

  /** See {@link DescriptorSet}. */
  delete(fd: number): void {
    this.#open[fd] = 0;
  }

  /** See {@link DescriptorSet}. */
  has(fd: number): boolean {
    return this.#open[fd] === 1;
  }

  /** Closes those that are open; called when the thread that opened them has ended. */
  async closeAll(): Promise<void> {
    const left = [...this.#open.keys()].filter((fd) => this.has(fd));
    await Promise.all(left.map((fd) => {
      this.delete(fd);
      return closeDescriptor(fd);
    }));
  }
}

/**
 * Closes a descriptor by its number, which runtimes have no function for.
 *
 * @param fd of a pipe, a socket or a file
 */
export async function closeDescriptor(fd: number): Promise<void> {
  const socket = new Socket({ fd, readable: false, writable: false });
  const closed = new Promise<void>((resolve) => socket.once("close", resolve));
  socket.destroy();
  await closed;
}
