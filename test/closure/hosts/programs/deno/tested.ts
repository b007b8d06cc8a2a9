/** Run by `deno test`: functions within a test, and those of the modules. */
import * as lib from "../typescript/lib.ts";
import scale, { place } from "../typescript/lib.ts";
import { cases, early, refused } from "../typescript/all_cases.ts";

const GREETING = "hello";

Deno.test("functions are captured within a test", async (t) => {
  const amount = 7;
  await t.step("and within a step", async () => {
    const inTest: Record<string, () => unknown> = {
      "a variable of the test": () => `${amount} ${GREETING}`,
      "imports of the test's file": () => `${scale(amount)} ${place("home")}`,
      "import * as in the test's file": () => `${lib.default(amount)}`,
    };
    const { report } = await import(Deno.env.get("TSPARK_HOSTS_HARNESS") ?? "");
    await report({ ...cases, ...inTest }, refused, early);
  });
});
