import assert from "node:assert/strict";
import { outputWithInput } from "../output_with_input.ts";

/** Typed into a REPL: variables of every kind, a function and a class. */
const TYPED = (root: string): string => `
const { ClosureCapturer } = await import("${root}src/driver/closure/closure_capturer.ts");
const { ClosureReviver } = await import("${root}worker/closure/revive_closure.ts");
let k = 5; var v = 6; function helper(x) { return x * k + v }
class P { x = k; get() { return this.x } }
const capturer = new ClosureCapturer();
const use = [{ operation: "map()", position: "repl" }];
const record = await capturer.capture([(x) => helper(x) + new P().get()], use);
"result " + new ClosureReviver().revive(record, () => 0)[0](2);
`;

Deno.test("capture() works on what is typed into a REPL", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["repl", "--quiet", "--allow-all"],
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const root = new URL("../../", import.meta.url).href;
  const { stdout } = await outputWithInput(child, TYPED(root));
  assert.match(new TextDecoder().decode(stdout), /"result 21"/);
});
