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

/**
 * A project for Node.
 *
 * @param facts its name, and where TSpark is
 */
export function nodeFiles({ name, source }: ProjectFacts): NewProject {
  const manifest = {
    name,
    private: true,
    type: "module",
    engines: { node: ">=22.18" },
    scripts: {
      start: "tspark run main.ts",
      test: "node --test",
      check: "tsc",
    },
    dependencies: {
      "@tspark/tspark": source === null
        ? `^${VERSION}`
        : `file:${source}/npm/tspark-tspark-${VERSION}.tgz`,
    },
    devDependencies: { "@types/node": "^22.20.5", typescript: "^7.0.2" },
  };
  const compiler = {
    compilerOptions: {
      target: "esnext",
      module: "nodenext",
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
    },
  };
  const build = source === null ? [] : [{
    command: `(cd "${source}" && deno task npm:local)`,
    what: "make TSpark's package, which is not on npm yet",
  }];
  const commands = [
    ...build,
    { command: "npm install", what: "fetch TSpark" },
    {
      command: "npx tspark doctor",
      what: "what is missing here, and how to get it",
    },
    { command: "npm test", what: "run the test on a small Spark" },
    { command: "npm start", what: "run the program" },
  ];
  return {
    commands,
    files: new Map([
      ["package.json", `${JSON.stringify(manifest, null, 2)}\n`],
      ["tsconfig.json", `${JSON.stringify(compiler, null, 2)}\n`],
      ["pipeline.ts", PIPELINE],
      ["main.ts", MAIN],
      [
        "pipeline.test.ts",
        testText('import { test } from "node:test";\n', "test"),
      ],
      ["data/orders.jsonl", DATA],
      [
        "README.md",
        readme(name, commands, "npx tspark").replace(
          "pipeline_test.ts",
          "pipeline.test.ts",
        ),
      ],
      [".gitignore", IGNORED],
      [
        ".github/workflows/ci.yml",
        workflow([
          "npm install",
          "npx tspark spark install",
          "npm run check",
          "npm test",
        ]),
      ],
    ]),
  };
}
