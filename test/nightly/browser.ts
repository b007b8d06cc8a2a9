import assert from "node:assert/strict";
import { join } from "node:path";
import { withTimeout } from "../../src/common/deadline.ts";
import { descendants, gone } from "../integration/processes.ts";

/** Names under which systems have it; apt's is the first. */
const PROGRAMS: readonly string[] = ["chromium", "chromium-browser", "chrome"];
const LIMIT_MS = 60_000;

/** What comes over the browser's protocol. */
interface Message {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A headless Chromium with one page, of which pictures are taken. */
export class Browser implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #socket: WebSocket;
  readonly #profile: string;
  /** Where it serves its own developer tools, for one. */
  readonly address: string;
  readonly #answers = new Map<number, (message: Message) => void>();
  #count = 0;

  private constructor(
    process: Deno.ChildProcess,
    socket: WebSocket,
    profile: string,
    address: string,
  ) {
    this.address = address;
    this.#process = process;
    this.#socket = socket;
    this.#profile = profile;
    socket.onmessage = ({ data }) => {
      const message: Message = JSON.parse(String(data));
      if (message.id !== undefined) this.#answers.get(message.id)?.(message);
    };
  }

  /** Starts it. @throws AssertionError where there is no Chromium: `apt install chromium` */
  static async start(): Promise<Browser> {
    const profile = await Deno.makeTempDir({ prefix: "tspark-browser-" });
    const process = new Deno.Command(await findChromium(), {
      args: [
        ...["--headless=new", "--no-sandbox", "--disable-gpu"],
        ...["--hide-scrollbars", "--remote-debugging-port=0"],
        ...[`--user-data-dir=${profile}`, "about:blank"],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const port = await portOf(profile);
    const address = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${address}/json/list`);
    const pages = await answer.json() as {
      readonly type: string;
      readonly webSocketDebuggerUrl: string;
    }[];
    const page = pages.find(({ type }) => type === "page");
    assert.ok(page !== undefined);
    const socket = new WebSocket(page.webSocketDebuggerUrl);
    const opened = Promise.withResolvers<unknown>();
    socket.onopen = opened.resolve;
    socket.onerror = opened.reject;
    await opened.promise;
    return new Browser(process, socket, profile, address);
  }

  /** Opens a page, as wide and high as said, light or dark. */
  async open(
    url: string,
    { width = 1200, height = 900, theme = "light" }: {
      readonly width?: number;
      readonly height?: number;
      readonly theme?: "light" | "dark";
    } = {},
  ): Promise<void> {
    await this.#ask("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await this.#ask("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: theme }],
    });
    await this.#ask("Emulation.setFocusEmulationEnabled", { enabled: true });
    await this.#ask("Page.navigate", { url });
    await this.until("document.readyState === 'complete'");
  }

  /** The value of an expression in the page; promises are awaited. */
  async evaluate(expression: string): Promise<unknown> {
    return Reflect.get(await this.#result(expression, true), "value");
  }

  /** Gives a file to an element of the page that asks for one. */
  async giveFile(element: string, path: string): Promise<void> {
    const found = await this.#result(element, false);
    await this.#ask("DOM.setFileInputFiles", {
      files: [path],
      objectId: Reflect.get(found, "objectId"),
    });
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string): Promise<void> {
    const deadline = Date.now() + LIMIT_MS;
    while (await this.evaluate(expression) !== true) {
      if (Date.now() > deadline) {
        assert.fail(
          `not in time: ${expression}\n${await this.evaluate(
            "document.body.innerText",
          )}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Writes a picture of the page. */
  async picture(path: string): Promise<void> {
    const answer = await this.#ask("Page.captureScreenshot", { format: "png" });
    const bytes = Uint8Array.fromBase64(String(answer?.["data"]));
    await Deno.writeFile(path, bytes);
  }

  /** Ends it, and removes what it kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    const processes = descendants(this.#process.pid); // which write into the profile
    this.#process.kill("SIGTERM");
    await this.#process.status;
    await gone(processes);
    await Deno.remove(this.#profile, { recursive: true });
  }

  /** What an expression comes to: its value, or else a handle of it. */
  async #result(expression: string, returnByValue: boolean): Promise<object> {
    const answer = await this.#ask("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue,
    });
    assert.equal(
      answer?.["exceptionDetails"],
      undefined,
      Deno.inspect(answer, { depth: 9 }),
    );
    return Object(answer?.["result"]);
  }

  async #ask(method: string, params: object = {}): Promise<Message["result"]> {
    const id = ++this.#count;
    const answer = Promise.withResolvers<Message>();
    this.#answers.set(id, answer.resolve);
    this.#socket.send(JSON.stringify({ id, method, params }));
    const message = await withTimeout(LIMIT_MS, answer.promise);
    this.#answers.delete(id);
    assert.ok(message !== undefined, `${method} was not answered`);
    assert.equal(
      message.error,
      undefined,
      `${method}: ${message.error?.message}`,
    );
    return message.result;
  }
}

async function findChromium(): Promise<string> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of PROGRAMS) {
      const path = join(folder, name);
      if (await exists(path)) return path;
    }
  }
  return assert.fail("There is no Chromium: apt install chromium");
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The port of its protocol, which it writes into its profile. */
async function portOf(profile: string): Promise<number> {
  const file = join(profile, "DevToolsActivePort");
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const text = await Deno.readTextFile(file).catch(() => "");
    const port = Number(text.split("\n")[0]);
    if (port > 0) return port;
    assert.ok(Date.now() < deadline, "Chromium did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
