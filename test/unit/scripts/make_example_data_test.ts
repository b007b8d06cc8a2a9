import assert from "node:assert/strict";
import { exampleData } from "../../../scripts/make_example_data.ts";

const FOLDER = new URL("../../../examples/data/", import.meta.url);

Deno.test({
  name: "exampleData() is what examples/data holds",
  permissions: { read: [FOLDER] },
  async fn() {
    for (const [name, contents] of Object.entries(exampleData())) {
      assert.equal(await Deno.readTextFile(new URL(name, FOLDER)), contents);
    }
  },
});
