/** What several attempts do alike; it is serialized with them. */
import process from "node:process";
import { Worker as ThreadWorker } from "node:worker_threads";

/** Path of the addon among the worker's sources. */
export function addonPath(): string {
  return Deno.mainModule.replace(/^file:\/\/|worker\/main\.ts$/g, "") +
    `native/tspark.linux-${process.arch}.node`;
}

/**
 * Runs a text in a `Worker`.
 *
 * @param text posts what it gained as a number, or a string when it was refused
 */
export function inWorker(
  text: string,
  options: WorkerOptions = { type: "module" },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(`data:text/javascript,${text}`, options);
    worker.onmessage = ({ data }) => {
      worker.terminate();
      if (typeof data === "string") reject(new Error(data));
      else resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
}

/** As {@link inWorker}, in a thread of `node:worker_threads`. */
export function inThread(text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new ThreadWorker(text, { eval: true, env: {} });
    worker.on("message", (answer) => {
      worker.terminate();
      if (typeof answer === "string") reject(new Error(answer));
      else resolve(answer);
    });
    worker.on("error", reject);
  });
}

/**
 * Tries something on the descriptors 3 to 63.
 *
 * @returns those on which it did not throw; null for none
 */
export function descriptorsThat(
  gained: string,
  attempt: (fd: number) => unknown,
): string | null {
  const found: number[] = [];
  for (let fd = 3; fd < 64; fd++) {
    try {
      attempt(fd);
      found.push(fd);
    } catch { /* not this one */ }
  }
  return found.length > 0 ? `${gained}: ${found}` : null;
}

/** A class of handles as `process.binding` gives it. */
export type HandleClass =
  & (new (...args: unknown[]) => { open(fd: number): unknown })
  & { readonly prototype: object };

/** A class of handles of Node's inner parts. */
export function handleClass(binding: string, name: string): HandleClass {
  const find = Reflect.get(process, "binding") as (name: string) => object;
  return Reflect.get(find.call(process, binding), name) as HandleClass;
}
