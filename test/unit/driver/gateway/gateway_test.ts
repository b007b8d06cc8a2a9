import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { withTimeout } from "../../../../src/common/deadline.ts";
import { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import { FakePy4jServer } from "../../../mirror/py4j_server.ts";

const DONE = "!yv\n";

function connect(
  server: FakePy4jServer,
  secret: string = "right",
): Promise<Gateway> {
  return Gateway.connect({ port: server.port, secret, connectTimeoutMs: 500 });
}

Deno.test("Gateway calls one after another share a connection", async () => {
  await using server = new FakePy4jServer(([, , method]) =>
    method === undefined ? DONE : `!ys${method}\n`
  );
  await using gateway = await connect(server);
  for (const method of ["a", "b", "c"]) {
    assert.equal(await gateway.callStatic("X", method), method);
  }
  assert.equal(server.connections, 1);
});

Deno.test("Gateway reads answers that come byte by byte", async () => {
  await using server = new FakePy4jServer(async ([name], connection) => {
    if (name === "A") return DONE;
    for (const char of "!ysslow\\nanswer\n") await connection.write(char);
    return null;
  });
  await using gateway = await connect(server);
  assert.equal(await gateway.callStatic("X", "f"), "slow\nanswer");
});

Deno.test("Gateway calls at once take connections of their own, up to 64", async () => {
  const gate = Promise.withResolvers<void>();
  await using server = new FakePy4jServer(async ([name]) => {
    if (name === "A") return DONE;
    await gate.promise;
    return "!yi1\n";
  });
  await using gateway = await connect(server);
  const calls = Array.from({ length: 100 }, () => gateway.callStatic("X", "f"));
  // One more connection would have come before the last of these calls.
  const first = Promise.race(calls);
  while (server.commands.length < 64) await server.changed();
  gate.resolve();
  await first;
  assert.deepEqual(await Promise.all(calls), calls.map(() => 1));
  assert.equal(server.connections, 64);
});

Deno.test("Gateway.lease() keeps its chain's calls on one connection, in order", async () => {
  await using server = new FakePy4jServer(([name]) =>
    name === "A" ? DONE : "!yi1\n"
  );
  await using gateway = await connect(server);
  await gateway.lease(async () => {
    await Promise.all(["a", "b", "c"].map((m) => gateway.callStatic("X", m)));
    await gateway.lease(() => gateway.callStatic("X", "d")); // joins
    return await gateway.callStatic("X", "g");
  });
  const leased = server.commands.map(({ connection, lines }) => [
    connection,
    lines[2],
  ]);
  assert.deepEqual(leased, ["a", "b", "c", "d", "g"].map((m) => [0, m]));
});

Deno.test("Gateway.lease() leaves calls outside of it to other connections", async () => {
  await using server = new FakePy4jServer(([name]) =>
    name === "A" ? DONE : "!yi1\n"
  );
  await using gateway = await connect(server);
  const inside = Promise.withResolvers<void>();
  const outside = Promise.withResolvers<void>();
  const lease = gateway.lease(async () => {
    await gateway.callStatic("X", "inside");
    inside.resolve();
    await outside.promise;
    await gateway.callStatic("X", "inside");
  });
  await inside.promise;
  await gateway.callStatic("X", "outside");
  outside.resolve();
  await lease;
  await gateway.callStatic("X", "after");
  const numbers = (method: string): number[] =>
    server.commands.filter(({ lines }) => lines[2] === method)
      .map(({ connection }) => connection);
  assert.deepEqual(numbers("inside"), [0, 0]);
  assert.deepEqual(numbers("outside"), [1]);
  assert.equal(server.connections, 2);
});

Deno.test("Gateway.scope() releases what came in it, once, except for what was kept", async () => {
  let id = 0;
  await using server = new FakePy4jServer(([name]) =>
    name === "i" ? `!yro${++id}\n` : DONE
  );
  await using gateway = await connect(server);
  const make = (): ReturnType<Gateway["construct"]> => gateway.construct("X");
  const outer = await make(); // o1
  await gateway.scope(async () => {
    await make(); // o2
    (await make()).keep(); // o3
    const early = await make(); // o4
    early.release();
    early.release();
    await gateway.scope(async () => {
      await make(); // o5
    });
    await assert.rejects(
      gateway.scope(async () => {
        await make(); // o6
        throw new Error("left early");
      }),
      { message: "left early" },
    );
  });
  await gateway.released();
  const released = server.commands.filter(({ lines }) => lines[0] === "m")
    .map(({ lines }) => lines[2]);
  assert.deepEqual(released.toSorted(), ["o2", "o4", "o5", "o6"]);
  assert.equal(outer.released, false);
});

Deno.test("Gateway.release() sends many releases together", async () => {
  let id = 0;
  await using server = new FakePy4jServer(([name]) =>
    name === "i" ? `!yro${++id}\n` : DONE
  );
  await using gateway = await connect(server);
  await gateway.scope(() =>
    gateway.lease(() =>
      Promise.all(Array.from({ length: 2000 }, () => gateway.construct("X")))
    )
  );
  await gateway.released();
  const released = new Set(
    server.commands.filter(({ lines }) => lines[0] === "m")
      .map(({ lines }) => lines[2]),
  );
  assert.equal(released.size, 2000);
  await gateway.callStatic("X", "still there");
});

Deno.test("Gateway calls on a released object reject", async () => {
  await using server = new FakePy4jServer(([name]) =>
    name === "i" ? "!yro5\n" : DONE
  );
  await using gateway = await connect(server);
  const object = await gateway.construct("X");
  object.release();
  const calls = [
    () => object.call("f"),
    () => object.field("f"),
    () => gateway.callStatic("X", "f", object),
    () => gateway.callStatic("X", "f", [object]),
    () => gateway.arrayGet(object, 0),
  ];
  for (const call of calls) {
    await assert.rejects(call(), { condition: "OBJECT_RELEASED" });
  }
});

Deno.test("Gateway.close() fails waiting and later calls", async () => {
  await using server = new FakePy4jServer(([name]) =>
    name === "A" ? DONE : null
  );
  const gateway = await connect(server);
  const call = gateway.callStatic("X", "f");
  while (server.commands.length < 1) await server.changed();
  await gateway.close();
  await gateway.close();
  const closed = {
    condition: "GATEWAY_CLOSED",
    message: "Cannot call the JVM: the gateway is closed; start a new session",
  };
  await assert.rejects(call, closed);
  await assert.rejects(gateway.callStatic("X", "f"), closed);
});

Deno.test("Gateway releases objects that nobody refers to any more", async () => {
  let id = 0;
  const released = Promise.withResolvers<string | undefined>();
  await using server = new FakePy4jServer(([name, , target]) => {
    if (name === "m") released.resolve(target);
    return name === "i" ? `!yro${++id}\n` : DONE;
  });
  await using gateway = await connect(server);
  await (async () => void await gateway.construct("X"))();
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  assert.equal(await withTimeout(10_000, released.promise), "o1");
});
