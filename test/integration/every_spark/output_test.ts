import assert from "node:assert/strict";

const PROGRAM = new URL("../programs/talking_job.ts", import.meta.url).pathname;

for (const addon of ["on", "off"]) {
  Deno.test(`what a worker prints reaches stderr, with the addon ${addon}`, async () => {
    const { stdout, stderr, success } = await new Deno.Command(
      Deno.execPath(),
      {
        args: ["run", "--allow-all", "--no-check", PROGRAM],
        env: addon === "off" ? { TSPARK_ADDON: "off" } : {},
      },
    ).output();
    const errors = new TextDecoder().decode(stderr);
    assert.ok(success, errors);
    assert.equal(new TextDecoder().decode(stdout), "driver done\n");
    for (
      const text of [
        "log one\n",
        "error one\n",
        "stdin null\n",
        "stdout one\n",
      ]
    ) {
      assert.ok(errors.includes(text), `${text} is not in: ${errors}`);
    }
  });
}
