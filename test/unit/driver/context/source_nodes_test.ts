import assert from "node:assert/strict";
import {
  binaryRecordsNode,
  textFileNode,
  wholeFilesNode,
} from "../../../../src/driver/context/source_nodes.ts";

Deno.test("what is no path is refused where the program wrote it", () => {
  const given: readonly [unknown, string][] = [
    [undefined, "undefined"],
    ["", '""'],
    [["a.txt"], "an array of length 1"],
  ];
  for (const [value, text] of given) {
    const path = value as string;
    const message = (operation: string): string =>
      `Cannot run ${operation} on ${text}: it is no path; give a text such as "logs/*.txt"`;
    assert.throws(() => textFileNode(path, undefined), {
      message: message("textFile()"),
    });
    assert.throws(() => wholeFilesNode("wholeTextFiles", path, undefined), {
      message: message("wholeTextFiles()"),
    });
    assert.throws(() => binaryRecordsNode(path, 8), {
      message: message("binaryRecords()"),
    });
  }
});
