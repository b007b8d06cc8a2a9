import assert from "node:assert/strict";
import { type GatewayError, JavaError } from "../../../../src/common/errors.ts";
import { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import type { GatewayProcess } from "../../../../src/driver/launch/gateway_process.ts";
import type { GatewayExit } from "../../../../src/driver/launch/jvm_child.ts";
import { FakePy4jServer } from "../../../mirror/py4j_server.ts";

const DONE = "!yv\n";

function connect(
  server: FakePy4jServer,
  secret: string = "right",
): Promise<Gateway> {
  return Gateway.connect({ port: server.port, secret, connectTimeoutMs: 500 });
}

Deno.test("Gateway.connect() fails clearly when the secret is wrong", async () => {
  await using server = new FakePy4jServer(() => DONE);
  await assert.rejects(connect(server, "wrong"), {
    name: "GatewayError",
    condition: "AUTHENTICATION_FAILED",
    message:
      `Cannot use the gateway at 127.0.0.1:${server.port}: it does not accept the secret, and says "Authentication error: bad auth token received."; check PYSPARK_GATEWAY_SECRET if it is set`,
  });
});

Deno.test("Gateway.connect() fails clearly when nobody listens", async () => {
  const server = new FakePy4jServer(() => DONE);
  const { port } = server;
  await server[Symbol.asyncDispose]();
  await assert.rejects(
    Gateway.connect({ port, secret: "right" }),
    (error: GatewayError) => {
      assert.equal(error.condition, "CONNECTION_FAILED");
      assert.match(
        error.message,
        new RegExp(
          `^Cannot connect to the gateway at 127\\.0\\.0\\.1:${port}: Connection refused`,
        ),
      );
      return true;
    },
  );
});

Deno.test("Gateway.connect() gives up on a server that does not answer", async () => {
  await using server = new FakePy4jServer(() => null);
  await assert.rejects(
    Gateway.connect({
      port: server.port,
      secret: "right",
      connectTimeoutMs: 50,
    }),
    {
      condition: "CONNECTION_FAILED",
      message:
        `Cannot connect to the gateway at 127.0.0.1:${server.port}: it did not answer within 50 ms`,
    },
  );
});

Deno.test("Gateway.connect() fails clearly when the server closes at once", async () => {
  await using server = new FakePy4jServer((_, connection) => {
    connection.close();
    return null;
  });
  await assert.rejects(connect(server), {
    condition: "CONNECTION_FAILED",
    message:
      `Cannot connect to the gateway at 127.0.0.1:${server.port}: it closed the connection`,
  });
});

Deno.test("Gateway.connect() refuses a server that does not speak Py4J", async () => {
  await using server = new FakePy4jServer(() => "HTTP/1.1 400 Bad Request\r\n");
  await assert.rejects(connect(server), {
    condition: "CONNECTION_FAILED",
    message:
      `Cannot connect to the gateway at 127.0.0.1:${server.port}: Cannot read the JVM's answer: its 25 bytes, the first one 72, are no answer of Py4J; the connection is out of step or not to a Spark gateway`,
  });
});

Deno.test("Gateway fails all calls at once when the JVM closes its connections", async () => {
  await using server = new FakePy4jServer(([name]) =>
    name === "A" ? DONE : null
  );
  await using gateway = await connect(server);
  const calls = [1, 2, 3].map((i) => gateway.callStatic("X", "f", i));
  while (server.commands.length < 3) await server.changed();
  server.die();
  const died = {
    condition: "JVM_DIED",
    message: "Cannot call the JVM: it closed its connections",
  };
  for (const call of calls) await assert.rejects(call, died);
  await assert.rejects(gateway.callStatic("X", "f"), died);
});

Deno.test("Gateway fails calls that are still connecting when the JVM is gone", async () => {
  await using server = new FakePy4jServer(([name]) =>
    name === "A" ? DONE : null
  );
  await using gateway = await connect(server);
  const calls = [1, 2, 3, 4].map((i) => gateway.callStatic("X", "f", i));
  while (server.commands.length < 1) await server.changed();
  const settled = Promise.allSettled(calls);
  server.die(); // of the other three some have no connection yet
  assert.deepEqual(
    (await settled).map((call) =>
      call.status === "rejected" ? call.reason.condition : call.value
    ),
    ["JVM_DIED", "JVM_DIED", "JVM_DIED", "JVM_DIED"],
  );
});

Deno.test("Gateway fails all calls with the JVM's last lines when it ends", async () => {
  await using server = new FakePy4jServer(([name]) =>
    name === "A" ? DONE : null
  );
  const exit = Promise.withResolvers<GatewayExit>();
  const process: GatewayProcess = {
    port: server.port,
    secret: "right",
    pid: 1,
    exited: exit.promise,
    lastLines: () => ["first", "out of memory"],
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  await using gateway = await Gateway.connect({ ...process, process });
  const call = gateway.callStatic("X", "f");
  while (server.commands.length < 1) await server.changed();
  exit.resolve({ code: 137, signal: "SIGKILL", lastLines: [] });
  const died = {
    condition: "JVM_DIED",
    message:
      "Cannot call the JVM: it was ended by SIGKILL; its last lines were:\nfirst\nout of memory",
  };
  await assert.rejects(call, died);
  await assert.rejects(gateway.construct("X"), died);
});

Deno.test("Gateway loses only the calls of a connection that breaks", async () => {
  await using server = new FakePy4jServer(([name, , method], connection) => {
    if (name === "A") return DONE;
    if (method === "f") connection.close();
    return "!yi7\n";
  });
  await using gateway = await connect(server);
  await assert.rejects(gateway.callStatic("X", "f"), {
    condition: "CONNECTION_LOST",
    message: "Cannot call the JVM: it closed the connection",
  });
  assert.equal(await gateway.callStatic("X", "g"), 7);
});

Deno.test("Gateway drops a connection whose answer is no answer", async () => {
  await using server = new FakePy4jServer(([name, , method]) =>
    name === "A" ? DONE : method === "f" ? "nonsense\n" : "!yi7\n"
  );
  await using gateway = await connect(server);
  await assert.rejects(gateway.callStatic("X", "f"), {
    name: "ProtocolError",
    condition: "ANSWER_INVALID",
  });
  assert.equal(await gateway.callStatic("X", "g"), 7);
});

Deno.test("Gateway drops a connection with an answer that nobody asked for", async () => {
  await using server = new FakePy4jServer(([name, , method]) =>
    name === "A" ? DONE : method === "f" ? "!yi1\n!yi2\n" : "!yi7\n"
  );
  await using gateway = await connect(server);
  assert.equal(await gateway.callStatic("X", "f"), 1);
  assert.equal(await gateway.callStatic("X", "g"), 7);
  assert.equal(server.connections, 2);
});

Deno.test("Gateway tells what Py4J refuses", async () => {
  await using server = new FakePy4jServer(([name, , member]) => {
    if (name === "A") return DONE;
    switch (member) {
      case "absent":
        return "!xspy4j.Py4JException: Method absent([]) does not exist\\n\tat x\n";
      case "clumsy":
        return "!xsjava.lang.ClassCastException\\n\tat x\n";
      case "getClass":
        return "!yro9\n";
      case "getName":
        return "!yscom.example.Thing\n";
      case "fatal":
        return "!zsjava.lang.NullPointerException\\n\tat x\n";
      default:
        return name === "f" ? "!yo\n" : name === "i" ? "!yro1\n" : "!x\n";
    }
  });
  await using gateway = await connect(server);
  const thing = await gateway.construct("com.example.Thing");
  const cases: [() => Promise<unknown>, string, string][] = [
    [
      () => gateway.callStatic("a.B", "absent"),
      "MEMBER_NOT_FOUND",
      'Cannot call "absent" of "a.B": Method absent([]) does not exist',
    ],
    [
      () => thing.call("absent"),
      "MEMBER_NOT_FOUND",
      'Cannot call "absent" of "com.example.Thing": Method absent([]) does not exist',
    ],
    [
      () => thing.call("clumsy"),
      "CALL_REFUSED",
      'Cannot call "clumsy" of "com.example.Thing": java.lang.ClassCastException',
    ],
    [
      () => gateway.callStatic("a.B", "fatal"),
      "CALL_REFUSED",
      'Cannot call "fatal" of "a.B": java.lang.NullPointerException',
    ],
    [
      () => thing.field("x"),
      "MEMBER_NOT_FOUND",
      'Cannot read "x" of "com.example.Thing": the JVM knows no such class or member',
    ],
    [
      () => gateway.staticField("a.B", "X"),
      "MEMBER_NOT_FOUND",
      'Cannot read "X" of "a.B": the JVM knows no such class or member',
    ],
  ];
  for (const [call, condition, message] of cases) {
    await assert.rejects(call, { name: "GatewayError", condition, message });
  }
});

Deno.test("Gateway reads a Java exception with its causes, and not for ever", async () => {
  let thrown = 0;
  await using server = new FakePy4jServer(([name, , method]) => {
    if (name === "A") return DONE;
    if (name === "p") return "!ysjava.lang.Deep: deep\\n\tat x\\n\n";
    switch (method) {
      case "getClass":
        return "!yro0\n";
      case "getName":
        return "!ysjava.lang.Deep\n";
      case "getMessage":
        return "!ysdeep\n";
      case "getErrorClass":
        return "!ysTOO_DEEP\n";
      case "getSqlState":
        return "!ysXX000\n";
      case "getCause":
        return `!yro${++thrown}\n`;
      case "getCondition":
        return "!xro900\n"; // even asking may throw
      case "f":
        return "!xro800\n";
      default:
        return "!x\n";
    }
  });
  await using gateway = await connect(server);
  const error = await gateway.callStatic("X", "f").then(
    () => assert.fail("must throw"),
    (error: unknown) => error,
  );
  assert.ok(error instanceof JavaError);
  assert.equal(error.message, "deep");
  assert.equal(error.condition, "TOO_DEEP");
  assert.equal(error.sqlState, "XX000");
  assert.equal(error.javaClass, "java.lang.Deep");
  assert.equal(error.javaStack, "java.lang.Deep: deep\n\tat x");
  let depth = 0;
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    depth++;
  }
  assert.equal(depth, 16);
  await gateway.released();
  const released = server.commands.filter(({ lines }) => lines[0] === "m")
    .map(({ lines }) => lines[2]);
  assert.ok(released.includes("o800") && released.includes("o900"));
});
