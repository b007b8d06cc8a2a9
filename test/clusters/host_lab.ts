/**
 * Hosts that are apart as far as software can tell: network namespaces of
 * their own on one bridge. To be used inside a new namespace (`unshare --net`),
 * with which all of it goes.
 *
 * @module
 */
import { TextLineStream } from "../../bench/harness/lines.ts";

/** Address of the driver's host; the others count on from it. */
export const DRIVER_ADDRESS = "10.77.0.1";

/** A host: what is started there sees only its own addresses. */
export interface Host {
  /** Its address on the bridge. */
  readonly address: string;
  /** How a program is started there: the arguments in front of its own. */
  readonly enter: readonly string[];
}

const WAIT_MS = 60_000;

/** A new namespace has a loopback device, which is down. */
export async function raiseLoopback(): Promise<void> {
  await ip("link", "set", "lo", "up");
}

/** Makes the bridge of this namespace. */
export async function makeBridge(): Promise<void> {
  await ip("link", "add", "hosts", "type", "bridge");
  await ip("addr", "add", `${DRIVER_ADDRESS}/24`, "dev", "hosts");
  await ip("link", "set", "hosts", "up");
}

/**
 * Adds a host. It lasts until its process ends, which happens at the latest
 * when this program's end closes its stdin.
 *
 * @param stack ends it
 * @param last number of its address, unlike all others'
 */
export async function addHost(
  stack: AsyncDisposableStack,
  last: number,
): Promise<Host> {
  const address = `10.77.0.${last}`;
  const holder = await startUntil(
    stack,
    [
      ...["unshare", "--net", "sh", "-c", "echo made; exec cat"],
    ],
    {},
    "made",
  );
  const enter = ["nsenter", `--net=/proc/${holder}/ns/net`];
  await ip("link", "add", `up${last}`, "type", "veth", "peer", "name", "eth0");
  await ip("link", "set", "eth0", "netns", String(holder));
  await ip("link", "set", `up${last}`, "master", "hosts", "up");
  const inside = (...args: string[]): Promise<void> =>
    run([...enter, "ip", ...args]);
  await inside("link", "set", "lo", "up");
  await inside("addr", "add", `${address}/24`, "dev", "eth0");
  await inside("link", "set", "eth0", "up");
  return { address, enter };
}

/**
 * Starts a program and waits for a line of its output.
 *
 * @param stack ends it
 * @param mark text of the line
 * @returns its process id
 * @throws Error with the output when it ends before, or takes too long
 */
export async function startUntil(
  stack: AsyncDisposableStack,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  mark: string,
): Promise<number> {
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, {
    args,
    env: { ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const ended = Promise.withResolvers<void>();
  stack.defer(async () => {
    await child.stdin.close().catch(() => {});
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended.
    }
    await child.status;
    await ended.promise;
  });
  const seen: string[] = [];
  const found = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => found.reject(new Error(`${command.join(" ")} takes too long`)),
    WAIT_MS,
  );
  const read = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    const lines = stream.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
    for await (const line of lines) {
      seen.push(line);
      if (line.includes(mark)) found.resolve();
    }
  };
  Promise.all([read(child.stdout), read(child.stderr)]).then(() => {
    found.reject(new Error(`${command.join(" ")} ended:\n${seen.join("\n")}`));
    ended.resolve();
  });
  try {
    await found.promise;
  } finally {
    clearTimeout(timer);
  }
  return child.pid;
}

async function ip(...args: string[]): Promise<void> {
  await run(["ip", ...args]);
}

async function run([program = "", ...args]: string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command(program, { args }).output();
  if (code === 0) return;
  throw new Error(
    `${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`,
  );
}
