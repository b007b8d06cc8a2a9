/** A prompt as that of `tspark shell`, with a frame that has columns and a table, but no Spark. */
import process from "node:process";
import { DataFrame, StructType } from "../../../mod.ts";
import { Prompt } from "../../../src/cli/shell/prompt.ts";

const frame: DataFrame = Object.create(DataFrame.prototype, {
  columns: {
    get(): Promise<string[]> {
      process.stderr.write("\r\x1b[K"); // as a job's bar goes
      return Promise.resolve(["name", "nature", "other"]);
    },
  },
  schema: {
    get: () =>
      Promise.resolve(
        StructType.fromDDL(
          "name STRUCT<first: STRING, parts: ARRAY<STRUCT<text: STRING>>>",
        ),
      ),
  },
  toString: { value: () => "DataFrame" },
});
const endless = Promise.withResolvers<never>();
await new Prompt({
  names: { df: frame, n: 20, endless: endless.promise },
  show: (value) => Promise.resolve(value === frame ? "| a table |\n" : null),
  interrupt: () => {},
  press: () => {
    const error = new Error("Ctrl-C");
    error.stack = String(error);
    endless.reject(error);
  },
}).run();
process.exit(0);
