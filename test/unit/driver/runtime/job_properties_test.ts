import assert from "node:assert/strict";
import { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import { JobProperties } from "../../../../src/driver/runtime/job_properties.ts";
import { FakePy4jServer } from "../../../mirror/py4j_server.ts";

/** Job properties over a fake JVM that keeps each thread's own. */
async function withProperties(
  body: (parts: {
    readonly properties: JobProperties;
    readonly gateway: Gateway;
    /** What each connection's thread has now. */
    readonly threads: Map<number, Map<string, string>>;
    /** Every `setLocalProperty` call so far. */
    readonly calls: () => string[];
  }) => Promise<void>,
): Promise<void> {
  const threads = new Map<number, Map<string, string>>();
  const calls: string[] = [];
  await using server = new FakePy4jServer((lines, connection) => {
    if (lines[0] === "A") return "!yv\n";
    if (lines[2] === "setLocalProperty") {
      const thread = threads.get(connection.number) ?? new Map();
      threads.set(connection.number, thread);
      const key = (lines[3] ?? "").slice(1);
      const value = lines[4] ?? "";
      calls.push(`${key}=${value}`);
      if (value === "n") thread.delete(key);
      else thread.set(key, value.slice(1));
    }
    return "!yro1\n";
  });
  await using gateway = await Gateway.connect({
    port: server.port,
    secret: "right",
  });
  const jsc = await gateway.construct("Context");
  const properties = new JobProperties(gateway, jsc.keep());
  await body({ properties, gateway, threads, calls: () => [...calls] });
  for (const thread of threads.values()) assert.equal(thread.size, 0);
}

Deno.test("JobProperties calls nothing when nothing is set", async () => {
  await withProperties(async ({ properties, gateway, calls }) => {
    const act = (): Promise<number> =>
      gateway.lease(() => properties.applied(() => Promise.resolve(1)));
    assert.equal(await act(), 1);
    properties.set({ a: "1" });
    properties.set({ a: null });
    assert.equal(await act(), 1);
    assert.deepEqual(calls(), []);
  });
});

Deno.test("JobProperties keeps chains that run at once apart", async () => {
  await withProperties(async ({ properties, gateway, threads }) => {
    const chain = async (name: string): Promise<void> => {
      await Promise.resolve();
      properties.set({ name, shared: null });
      for (let i = 0; i < 5; i++) {
        await gateway.lease(() =>
          properties.applied(async () => {
            await gateway.callStatic("X", "f");
            const mine = [...threads.values()].filter((thread) =>
              thread.get("name") === name
            );
            assert.equal(mine.length, 1);
            assert.equal(mine[0]?.size, 1);
          })
        );
        assert.equal(properties.current.get("name"), name);
      }
    };
    properties.set({ shared: "yes" });
    await Promise.all(["a", "b", "c", "d"].map(chain));
    assert.deepEqual([...properties.current], [["shared", "yes"]]);
  });
});

Deno.test("JobProperties gives children a copy of what their caller has", async () => {
  await withProperties(async ({ properties }) => {
    properties.set({ a: "1" });
    const child = async (): Promise<void> => {
      await Promise.resolve();
      assert.equal(properties.current.get("a"), "1");
      properties.set({ a: "2", b: "3" });
      await Promise.resolve();
      assert.equal(properties.current.get("a"), "2");
    };
    await child();
    assert.deepEqual([...properties.current], [["a", "1"]]);
    await properties.run({ a: null, c: "4" }, async () => {
      await Promise.resolve();
      assert.deepEqual([...properties.current], [["c", "4"]]);
    });
    assert.deepEqual([...properties.current], [["a", "1"]]);
  });
});

Deno.test("JobProperties leaves the thread as it was when the action fails", async () => {
  await withProperties(async ({ properties, gateway, calls }) => {
    const failed = new Error("failed");
    await assert.rejects(
      properties.run(
        { a: "1" },
        () =>
          gateway.lease(() => properties.applied(() => Promise.reject(failed))),
      ),
      (error) => error === failed,
    );
    assert.deepEqual(calls(), ["a=s1", "a=n"]);
  });
});

Deno.test("JobProperties leaves the thread as it was when the action is aborted", async () => {
  await withProperties(async ({ properties, gateway, calls }) => {
    const controller = new AbortController();
    const reason = new Error("no more");
    const { interruption } = gateway;
    const action = interruption.run(
      controller.signal,
      () =>
        properties.run(
          { a: "1" },
          () =>
            gateway.lease(() =>
              properties.applied(async () => {
                controller.abort(reason);
                await gateway.callStatic("X", "f");
              })
            ),
        ),
    );
    await assert.rejects(action, (error) => error === reason);
    assert.deepEqual(calls(), ["a=s1", "a=n"]);
  });
});

Deno.test("JobProperties gives the thread an inner action's, then the outer one's again", async () => {
  await withProperties(async ({ properties, gateway, threads, calls }) => {
    const act = (body: () => Promise<void>): Promise<void> =>
      gateway.lease(() => properties.applied(body));
    const seen = (): [string, string][][] =>
      [...threads.values()].map((thread) => [...thread]);
    await properties.run({ a: "1", b: "2" }, () =>
      act(async () => {
        await properties.run({ b: null, c: "3" }, () =>
          act(() => {
            assert.deepEqual(seen(), [[["a", "1"], ["c", "3"]]]);
            return Promise.resolve();
          }));
        assert.deepEqual(seen(), [[["a", "1"], ["b", "2"]]]);
        await act(() => Promise.resolve());
      }));
    assert.equal(calls().length, 8);
  });
});

Deno.test("JobProperties joins tags by commas", async () => {
  await withProperties(async ({ properties }) => {
    properties.setTags(new Set(["x", "y"]));
    assert.equal(properties.current.get("spark.job.tags"), "x,y");
    await properties.runTagged(["z"], () => {
      assert.deepEqual([...properties.tags], ["x", "y", "z"]);
      return Promise.resolve();
    });
    properties.setTags(new Set());
    assert.equal(properties.current.size, 0);
    assert.equal(properties.tags.size, 0);
  });
});

/** What the JVM answers when the thread's property is put back, and what the action then throws. */
const RESTORING: readonly [string, string | null, RegExp | null][] = [
  ["a connection that is lost", null, null],
  [
    "a call that fails",
    "!xspy4j.Py4JException: no such method\n",
    /no such method/,
  ],
];

for (const [title, answer, message] of RESTORING) {
  Deno.test(`JobProperties and ${title} when the thread is put back`, async () => {
    await using server = new FakePy4jServer((lines, connection) => {
      const restores = lines[2] === "setLocalProperty" && lines[4] === "n";
      if (!restores) return lines[0] === "A" ? "!yv\n" : "!yro1\n";
      if (answer === null) connection.close();
      return answer;
    });
    await using gateway = await Gateway.connect({
      port: server.port,
      secret: "right",
    });
    const jsc = (await gateway.construct("Context")).keep();
    const properties = new JobProperties(gateway, jsc);
    const action = properties.run(
      { a: "1" },
      () =>
        gateway.lease(() => properties.applied(() => Promise.resolve("done"))),
    );
    if (message === null) assert.equal(await action, "done");
    else await assert.rejects(action, message);
  });
}
