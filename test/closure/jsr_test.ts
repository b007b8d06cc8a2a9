import assert from "node:assert/strict";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import type { Parcel } from "./parcel.ts";
import { runElsewhere } from "./run_cases.ts";

const ROOT = new URL("../../", import.meta.url);

const PROGRAM = `
import { double, type Sized, Square } from "jsr:@shapes/square@1";
import { capturedParcel } from ${
  JSON.stringify(new URL("./captured_parcel.ts", import.meta.url).href)
};

const square: Sized = new Square(3);
const parcel = await capturedParcel([
  () => [double(square.side), square instanceof Square],
  async () => {
    const { double } = await import("jsr:@shapes/square@1");
    return double(5);
  },
  async () => (await import("shapes")).double(6),
]);
Deno.stdout.writeSync(parcel);
`;

const PACKAGE = `
export interface Sized { readonly side: number }
export class Square implements Sized {
  constructor(readonly side: number) {}
}
export const double = (x: number): number => x * 2;
`;

Deno.test("jsr: imports and names of an import map travel, at the top and by import()", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const { imports } = JSON.parse(
      await Deno.readTextFile(new URL("deno.json", ROOT)),
    );
    const config = {
      nodeModulesDir: "none",
      imports: {
        ...imports,
        "jsr:@shapes/square@1": "./shapes/square.ts",
        "shapes": "./shapes/square.ts",
      },
    };
    await Deno.mkdir(`${folder}/shapes`);
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
    await Deno.writeTextFile(`${folder}/shapes/square.ts`, PACKAGE);
    await Deno.writeTextFile(`${folder}/app.ts`, PROGRAM);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-lock", "--allow-all", `${folder}/app.ts`],
      cwd: "/",
    }).output();
    assert.equal(new TextDecoder().decode(stderr), "");
    const { records, ...rest } = createCborCodec().decode(stdout) as Parcel;
    const outcomes = await runElsewhere(records, rest);
    assert.deepEqual(outcomes, [
      { result: "[ 6, true ]", stack: "" },
      { result: "10", stack: "" },
      { result: "12", stack: "" },
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
