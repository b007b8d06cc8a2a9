import assert from "node:assert/strict";
import { withTimeout } from "../../../src/common/deadline.ts";
import { GatewayError } from "../../../src/common/errors.ts";
import { Gateway } from "../../../src/driver/gateway/gateway.ts";
import { launchTestGateway } from "../launch_test_gateway.ts";

const END_LIMIT_MS = 30_000;
const DRIVER = new URL("../gateway_driver.ts", import.meta.url).pathname;

Deno.test("Gateway fails every waiting call at once when the JVM is killed", async () => {
  const process = await launchTestGateway();
  await using gateway = await Gateway.connect({ ...process, process });
  assert.ok(process.pid !== null);
  await gateway.callStatic("java.lang.Math", "abs", -1);
  const calls = [1, 2, 3].map(() =>
    gateway.callStatic("java.lang.Thread", "sleep", 600_000)
  );
  while (gateway.connections < 3) {
    await gateway.callStatic("java.lang.Math", "abs", -1);
  }
  Deno.kill(process.pid, "SIGKILL");
  const settled = await withTimeout(5_000, Promise.allSettled(calls));
  assert.ok(settled !== undefined, "The calls must fail within 5 s");
  for (const result of settled) {
    assert.ok(result.status === "rejected");
    assert.ok(result.reason instanceof GatewayError);
    assert.equal(result.reason.condition, "JVM_DIED");
    assert.match(
      result.reason.message,
      /^Cannot call the JVM: it was ended by SIGKILL; its last lines were:\n/,
    );
    assert.equal(result.reason.parameters.signal, "SIGKILL");
  }
  await assert.rejects(gateway.construct("java.util.ArrayList"), {
    condition: "JVM_DIED",
  });
});

Deno.test("Gateway.close() ends callbacks that are open, and the JVM's calls of them", async () => {
  await using process = await launchTestGateway();
  const gateway = await Gateway.connect({ ...process });
  const open = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  const task = await gateway.proxy(["java.lang.Runnable"], {
    async run() {
      open.resolve();
      await late.promise;
      await gateway.callStatic("java.lang.Math", "abs", -1);
    },
  });
  const thread = await gateway.construct("java.lang.Thread", task);
  const call = assert.rejects(thread.call("run"), {
    condition: "GATEWAY_CLOSED",
  });
  await thread.call("start");
  await open.promise;
  await gateway.close();
  await call;
  late.resolve();
  await using other = await Gateway.connect({ ...process });
  assert.equal(await other.callStatic("java.lang.Math", "abs", -1), 1);
});

Deno.test("Gateway refuses a wrong secret of a real JVM", async () => {
  await using process = await launchTestGateway();
  await assert.rejects(
    Gateway.connect({ port: process.port, secret: "wrong" }),
    {
      condition: "AUTHENTICATION_FAILED",
      message:
        `Cannot use the gateway at 127.0.0.1:${process.port}: it does not accept the secret, and says "Authentication error: bad auth token received."; check PYSPARK_GATEWAY_SECRET if it is set`,
    },
  );
});

Deno.test("A driver that is killed leaves no JVM behind", async () => {
  await using driver = await startDriver("wait");
  driver.child.kill("SIGKILL");
  await driver.child.status;
  await driver.jvmEnded();
});

Deno.test("A driver that comes to its end without closing leaves no JVM behind", async () => {
  await using driver = await startDriver("leave");
  const status = await withTimeout(END_LIMIT_MS, driver.child.status);
  assert.equal(status?.code, 0);
  await driver.jvmEnded();
});

interface Driver extends AsyncDisposable {
  readonly child: Deno.ChildProcess;
  /** Resolves when the driver's JVM has closed its sockets: it is gone. */
  jvmEnded(): Promise<void>;
}

async function startDriver(mode: string): Promise<Driver> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", DRIVER, mode],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const { port, secret, pid } = JSON.parse(await firstLine(child.stdout));
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.write(new TextEncoder().encode(`A\n${secret}\n`));
  const buffer = new Uint8Array(64);
  await conn.read(buffer); // accepted: from here on only the end comes
  const ended = async (): Promise<true> => {
    try {
      while (await conn.read(buffer) !== null);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
    }
    return true;
  };
  return {
    child,
    async jvmEnded(): Promise<void> {
      assert.ok(
        await withTimeout(END_LIMIT_MS, ended()),
        `JVM ${pid} must end`,
      );
    },
    async [Symbol.asyncDispose](): Promise<void> {
      conn.close();
      try {
        child.kill("SIGKILL");
      } catch {
        // it has ended
      }
      await child.status;
    },
  };
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  throw new Error("The driver ended before it had a JVM");
}
