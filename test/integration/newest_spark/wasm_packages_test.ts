import { sharedSession } from "../shared_session.ts";
import { checkPackages } from "../wasm_packages.ts";

Deno.test("packages bring their WebAssembly along, in functions over rows and records", async () => {
  await checkPackages(await sharedSession());
});
