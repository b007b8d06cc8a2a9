import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import type { MicroSuite } from "./suite.ts";

const USE = [{ operation: "map()", position: "app.ts:14:9" }];
const FUNCTIONS = 1_000;
const FIRST_CAPTURE = new URL("./first_capture.ts", import.meta.url).pathname;

const factor = 3;
const addAll = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Capturing functions, known and new, small and large. */
export default async function closureCapture(): Promise<MicroSuite> {
  const capturer = new ClosureCapturer();
  const { text, root } = await manySources();
  const copies = Array.from(
    { length: FUNCTIONS },
    (_, index) => (x: number) => x * factor + index,
  );
  const lambda = (line: string) => line.split(" ").length * factor;
  const useCopies = (x: number) => copies.map((copy) => copy(x));
  let serial = 0;
  const capture = (value: unknown) => async () =>
    (await capturer.capture([value], USE)).codes.length;
  const captureFresh = async (value: unknown) => {
    using fresh = new ClosureCapturer();
    return (await fresh.capture([value], USE)).codes.length;
  };
  const row = (name: string, run: () => Promise<unknown>) => ({
    name,
    items: 1,
    variants: { "tspark": run },
  });
  return {
    item: "capture",
    rows: [
      row("a lambda, the same again", capture(lambda)),
      row("a lambda, made anew at the same place", () => {
        const offset = serial++;
        const made = (values: number[]) => addAll(values) * factor + offset;
        return capture(made)();
      }),
      row(`${FUNCTIONS} functions of one place`, capture(useCopies)),
      row(`${FUNCTIONS} functions of as many places`, capture(root)),
      row("a lambda, by a new capturer", () => captureFresh(lambda)),
      row(
        `${FUNCTIONS} functions of as many places, by a new capturer`,
        () => captureFresh(root),
      ),
      {
        ...row("a lambda, first of a process", firstCapture),
        isSelfTimed: true,
      },
    ],
    note:
      `${FUNCTIONS} functions of as many places: ${text.length} characters of source`,
    close: () => {
      capturer[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** A module of functions that each call the one before. */
async function manySources(): Promise<{ text: string; root: unknown }> {
  const lines = ["export const f0 = (x) => x + 1;"];
  for (let i = 1; i < FUNCTIONS; i++) {
    lines.push(`export const f${i} = (x) => f${i - 1}(x) * ${i} + 1;`);
  }
  const text = lines.join("\n");
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/functions.mjs`;
    await Deno.writeTextFile(path, text);
    const module: Record<string, unknown> = await import(`file://${path}`);
    return { text, root: module[`f${FUNCTIONS - 1}`] };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Lets another process measure the first capture that it makes, without its start. */
async function firstCapture(): Promise<{ overriddenDuration: number }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", FIRST_CAPTURE],
  }).output();
  const decoder = new TextDecoder();
  const milliseconds = parseFloat(decoder.decode(stdout));
  if (!success || !(milliseconds > 0)) {
    throw new Error(
      `Cannot time the first capture of a process: it ended with ${
        JSON.stringify(decoder.decode(stderr).slice(-500))
      }`,
    );
  }
  return { overriddenDuration: milliseconds };
}
