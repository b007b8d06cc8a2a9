// deno-lint-ignore-file camelcase -- the names of the Jupyter protocol
/** Runs the cells of a file in Deno's Jupyter kernel, as a notebook does. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import process from "node:process";

const { Dealer } = createRequire(import.meta.url)("zeromq");
const [, , deno, cells, connection] = process.argv;
const ports = [];
for (let i = 0; i < 5; i++) ports.push(await freePort());
writeFileSync(
  connection,
  JSON.stringify({
    ...{ ip: "127.0.0.1", transport: "tcp", key: "", kernel_name: "deno" },
    signature_scheme: "hmac-sha256",
    ...{ shell_port: ports[0], iopub_port: ports[1], stdin_port: ports[2] },
    ...{ control_port: ports[3], hb_port: ports[4] },
  }),
);
const kernel = spawn(deno, ["jupyter", "--kernel", "--conn", connection], {
  stdio: ["ignore", "inherit", "inherit"],
});
const shell = new Dealer({ linger: 0, receiveTimeout: 60_000 });
try {
  shell.connect(`tcp://127.0.0.1:${ports[0]}`);
  for (const code of readFileSync(cells, "utf8").split("// cell\n")) {
    const reply = await execute(code);
    if (reply.status !== "ok") throw new Error(JSON.stringify(reply));
  }
} finally {
  kernel.kill();
  shell.close();
}

/** The kernel is told its ports before it listens. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Sends one cell and waits for what the kernel says of it. */
async function execute(code) {
  const header = {
    ...{ msg_id: randomUUID(), session: "hosts", username: "hosts" },
    ...{ date: new Date().toISOString(), version: "5.3" },
    msg_type: "execute_request",
  };
  const content = { code, silent: false, stop_on_error: true };
  const parts = [header, {}, {}, { ...content, store_history: false }];
  await shell.send(["<IDS|MSG>", "", ...parts.map((p) => JSON.stringify(p))]);
  for await (const frames of shell) {
    const texts = frames.map(String);
    const [, , , parent = "", , body = ""] = texts.slice(
      texts.indexOf("<IDS|MSG>"),
    );
    if (JSON.parse(parent).msg_id === header.msg_id) return JSON.parse(body);
  }
}
