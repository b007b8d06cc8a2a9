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
  const { chain, fan } = await manySources();
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
      row(`${FUNCTIONS} functions that one calls`, capture(fan)),
      row(`${FUNCTIONS} functions, each called by the next`, capture(chain)),
      row("a lambda, by a new capturer", () => captureFresh(lambda)),
      row(
        `${FUNCTIONS} functions that one calls, by a new capturer`,
        () => captureFresh(fan),
      ),
      {
        ...row("a lambda, first of a process", firstCapture),
        isSelfTimed: true,
      },
    ],
    close: () => {
      capturer[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** Two functions of a module that reach as many others: one after another, or at once. */
async function manySources(): Promise<{ chain: unknown; fan: unknown }> {
  const indices = Array.from({ length: FUNCTIONS - 1 }, (_, index) => index);
  const lines = indices.flatMap((index) => [
    `export const f${index + 1} = (x) => f${index}(x) * ${index} + 1;`,
    `const g${index} = (x) => x * ${index} + 1;`,
  ]);
  const calls = indices.map((index) => `g${index}(x)`).join(" + ");
  lines.push("const f0 = (x) => x + 1;", `export const fan = (x) => ${calls};`);
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/functions.mjs`;
    await Deno.writeTextFile(path, lines.join("\n"));
    const module: Record<string, unknown> = await import(`file://${path}`);
    return { chain: module[`f${FUNCTIONS - 1}`], fan: module["fan"] };
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
