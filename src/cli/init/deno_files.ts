import { VERSION } from "../../common/version.ts";
import {
  DATA,
  IGNORED,
  MAIN,
  type NewProject,
  PIPELINE,
  type ProjectFacts,
  readme,
  testText,
  workflow,
} from "./project_files.ts";

const DENO = "npx -y deno@2.9.6";

/**
 * A project for Deno.
 *
 * @param facts its name, and where TSpark is
 */
export function denoFiles({ name, source }: ProjectFacts): NewProject {
  const specifier = `jsr:@tspark/tspark@^${VERSION}`;
  const config = {
    ...(source === null ? {} : { links: [source] }),
    imports: { "@tspark/tspark": specifier },
    tasks: {
      start: "deno run --allow-all main.ts",
      test: "deno test --allow-all",
      tspark: `deno run --allow-all ${specifier}/cli`,
    },
    allowScripts: { deny: ["npm:cbor-extract"] }, // optional, and built for nothing
    compilerOptions: {
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    },
  };
  const commands = [
    {
      command: "deno task tspark doctor",
      what: "what is missing here, and how to get it",
    },
    { command: "deno task test", what: "run the test on a small Spark" },
    { command: "deno task start", what: "run the program" },
  ];
  return {
    commands,
    files: new Map([
      ["deno.json", `${JSON.stringify(config, null, 2)}\n`],
      ["pipeline.ts", PIPELINE],
      ["main.ts", MAIN],
      ["pipeline_test.ts", testText("", "Deno.test")],
      ["data/orders.jsonl", DATA],
      ["README.md", readme(name, commands, "deno task tspark")],
      [".gitignore", IGNORED],
      [
        ".github/workflows/ci.yml",
        workflow([
          `${DENO} task tspark spark install`,
          `${DENO} fmt --check`,
          `${DENO} lint`,
          `${DENO} task test`,
        ]),
      ],
    ]),
  };
}
