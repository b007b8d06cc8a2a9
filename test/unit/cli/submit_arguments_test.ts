import assert from "node:assert/strict";
import { submitArguments } from "../../../src/cli/submit_arguments.ts";

Deno.test("submitArguments() puts the program behind its stand-in, and its name below the user's", () => {
  const submitted = {
    options: ["--name", "mine"],
    program: "/opt/app.ts",
    args: ["in"],
  };
  assert.deepEqual(submitArguments(submitted, []), [
    ...["--conf", "spark.app.name=app.ts", "--name", "mine"],
    ...["local:///tspark_program.py", "/opt/app.ts", "in"],
  ]);
  assert.deepEqual(
    submitArguments({ ...submitted, options: [] }, ["--conf", "a=b"]),
    [
      ...["--conf", "spark.app.name=app.ts", "--conf", "a=b"],
      ...["local:///tspark_program.py", "/opt/app.ts", "in"],
    ],
  );
});
