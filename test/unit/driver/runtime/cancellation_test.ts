import assert from "node:assert/strict";
import { MAX_CONNECTIONS } from "../../../../src/driver/gateway/connection_pool.ts";
import { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import { Cancellation } from "../../../../src/driver/runtime/cancellation.ts";
import { JobProperties } from "../../../../src/driver/runtime/job_properties.ts";
import { FakePy4jServer } from "../../../mirror/py4j_server.ts";

/** A fake JVM whose jobs run until their tag is cancelled. */
class JobServer implements AsyncDisposable {
  /** Tags that were cancelled, in order. */
  readonly cancelled: string[] = [];
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #ignored: number;
  readonly #server: FakePy4jServer;
  #tags = new Map<number, string>();
  #change = Promise.withResolvers<void>();

  /** @param ignored how many cancellations find no job yet */
  constructor(ignored: number = 0) {
    this.#ignored = ignored;
    this.#server = new FakePy4jServer(async (lines, connection) => {
      const [command, , method, first = "", second = ""] = lines;
      if (command === "A") return "!yv\n";
      switch (method) {
        case "setLocalProperty":
          if (first === "sspark.job.tags") {
            this.#tags.set(connection.number, second.slice(1));
          }
          return "!yv\n";
        case "runJob":
          await this.#job(this.#tags.get(connection.number) ?? "");
          return "!xro9\n";
        case "cancelJobsWithTag":
          this.#cancel(first.slice(1));
          return "!yv\n";
        default:
          return "!yro1\n";
      }
    });
  }

  get port(): number {
    return this.#server.port;
  }

  /** Resolves when this many jobs run. */
  async running(count: number): Promise<void> {
    const size = (): number =>
      [...this.#waiting.values()].reduce((sum, jobs) => sum + jobs.size, 0);
    while (size() < count) await this.#change.promise;
  }

  /** Resolves when this many cancellations have come. */
  async cancellations(count: number): Promise<void> {
    while (this.cancelled.length < count) await this.#change.promise;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server[Symbol.asyncDispose]();
  }

  #job(tag: string): Promise<void> {
    const jobs = this.#waiting.get(tag) ?? new Set();
    this.#waiting.set(tag, jobs);
    return new Promise((resolve) => {
      jobs.add(resolve);
      this.#changed();
    });
  }

  #cancel(tag: string): void {
    this.cancelled.push(tag);
    this.#changed();
    if (this.cancelled.length <= this.#ignored) return;
    for (const end of this.#waiting.get(tag) ?? []) end();
    this.#waiting.delete(tag);
  }

  #changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }
}

async function openPlace(server: JobServer): Promise<{
  gateway: Gateway;
  properties: JobProperties;
  runJob: (signal: AbortSignal) => Promise<unknown>;
}> {
  const gateway = await Gateway.connect({ port: server.port, secret: "right" });
  const jsc = (await gateway.construct("Context")).keep();
  const properties = new JobProperties(gateway, jsc);
  const place = { gateway, jsc, properties };
  return {
    gateway,
    properties,
    runJob: (signal) =>
      new Cancellation(place, signal).run(() =>
        gateway.lease(() => properties.applied(() => jsc.call("runJob")))
      ),
  };
}

Deno.test("Cancellation rejects with the signal's reason and cancels by a tag of its own", async () => {
  await using server = new JobServer();
  const { gateway, properties, runJob } = await openPlace(server);
  await using _ = gateway;
  const controllers = [new AbortController(), new AbortController()];
  const jobs = controllers.map(({ signal }) => runJob(signal));
  await server.running(2);
  for (const [at, controller] of controllers.entries()) {
    const reason = new Error(`stop ${at}`);
    controller.abort(reason);
    await assert.rejects(
      jobs[at] ?? Promise.resolve(),
      (error) => error === reason,
    );
  }
  await server.cancellations(2);
  assert.equal(new Set(server.cancelled).size, 2);
  for (const tag of server.cancelled) {
    assert.match(tag, /^tspark-[0-9a-f-]{36}$/);
  }
  assert.equal(properties.tags.size, 0);
});

Deno.test("Cancellation does not start what is aborted already", async () => {
  await using server = new JobServer();
  const { gateway, runJob } = await openPlace(server);
  await using _ = gateway;
  await assert.rejects(runJob(AbortSignal.abort()), { name: "AbortError" });
  assert.deepEqual(server.cancelled, []);
});

Deno.test("Cancellation cancels again when the job came after the first attempts", async () => {
  await using server = new JobServer(2);
  const { gateway, runJob } = await openPlace(server);
  await using _ = gateway;
  const controller = new AbortController();
  const job = runJob(controller.signal);
  await server.running(1);
  controller.abort();
  await assert.rejects(job, { name: "AbortError" });
  await server.cancellations(3);
  assert.equal(new Set(server.cancelled).size, 1);
});

Deno.test("Cancellation gets through when every connection is busy", async () => {
  await using server = new JobServer();
  const { gateway, runJob } = await openPlace(server);
  await using _ = gateway;
  const controller = new AbortController();
  const jobs = Array.from(
    { length: MAX_CONNECTIONS + 1 },
    () => runJob(controller.signal),
  );
  await server.running(MAX_CONNECTIONS);
  controller.abort();
  const results = await Promise.allSettled(jobs);
  assert.ok(results.every(({ status }) => status === "rejected"));
  await gateway.lease(() => gateway.callStatic("X", "f"));
});

Deno.test("Cancellation listens no more once its work is done", async () => {
  await using server = new JobServer();
  const { gateway, properties } = await openPlace(server);
  await using _ = gateway;
  const jsc = await gateway.construct("Context");
  let listeners = 0;
  const { signal } = new AbortController();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (
    ...args: Parameters<typeof signal.addEventListener>
  ): void => {
    listeners++;
    add(...args);
  };
  signal.removeEventListener = (
    ...args: Parameters<typeof signal.removeEventListener>
  ): void => {
    listeners--;
    remove(...args);
  };
  const cancellation = new Cancellation({ gateway, jsc, properties }, signal);
  assert.equal(await cancellation.run(() => Promise.resolve(1)), 1);
  const failed = new Error("failed");
  await assert.rejects(
    cancellation.run(() => Promise.reject(failed)),
    (error) => error === failed,
  );
  assert.equal(listeners, 0);
});

Deno.test("Cancellation tells when jobs cannot be cancelled", async () => {
  const job = Promise.withResolvers<string>();
  const running = Promise.withResolvers<void>();
  await using server = new FakePy4jServer(async ([command, , method]) => {
    if (command === "A") return "!yv\n";
    if (method === "cancelJobsWithTag") {
      return "!xspy4j.Py4JException: no such method\n";
    }
    if (method !== "runJob") return "!yro1\n";
    running.resolve();
    return await job.promise;
  });
  await using gateway = await Gateway.connect({
    port: server.port,
    secret: "right",
  });
  const jsc = (await gateway.construct("Context")).keep();
  const properties = new JobProperties(gateway, jsc);
  const controller = new AbortController();
  const told = Promise.withResolvers<string>();
  const write = Deno.stderr.writeSync;
  Deno.stderr.writeSync = (bytes) => {
    told.resolve(new TextDecoder().decode(bytes));
    return bytes.length;
  };
  try {
    const work = new Cancellation(
      { gateway, jsc, properties },
      controller.signal,
    ).run(() => jsc.call("runJob"));
    await running.promise;
    controller.abort();
    await assert.rejects(work, { name: "AbortError" });
    assert.equal(
      await told.promise,
      'Warning: Cannot cancel the jobs of an aborted action, which go on: Cannot call "cancelJobsWithTag" of "an unknown class": no such method\n',
    );
  } finally {
    Deno.stderr.writeSync = write;
    job.resolve("!yv\n");
  }
});
