import assert from "node:assert/strict";
import {
  htmlTable,
  readHtmlTable,
  textTable,
} from "../../../../../src/driver/sql/display/frame_table.ts";
import { StructType } from "../../../../../src/types/spark_types.ts";

const NONE = { permissions: "none" } as const;

/** What the JVM writes, Spark 4.3.0. */
const HTML = `<table border='1'>
<tr><th>name</th><th>a&lt;b</th></tr>
<tr><td>&eacute; &lt;/td&gt;</td><td>1</td></tr>
<tr><td></td><td>NULL</td></tr>
</table>
only showing top 2 rows
`;

Deno.test(
  "readHtmlTable() takes rows, and whether there are more",
  NONE,
  () => {
    assert.deepEqual(readHtmlTable(HTML), {
      rows: [["&eacute; &lt;/td&gt;", "1"], ["", "NULL"]],
      hasMore: true,
    });
    const whole = HTML.replace("only showing top 2 rows\n", "");
    assert.equal(readHtmlTable(whole).hasMore, false);
    assert.deepEqual(
      readHtmlTable("<table border='1'>\n<tr><th>id</th></tr>\n</table>\n"),
      { rows: [], hasMore: false },
    );
  },
);

const TABLE = {
  schema: StructType.fromDDL("name STRING, `a<b` INT"),
  rows: [['<img src="x">', "1"], ["", "NULL"]],
  hasMore: true,
};

Deno.test("htmlTable() escapes names, types and values", NONE, () => {
  const html = htmlTable(TABLE);
  assert.doesNotMatch(html, /<img|a<b/);
  assert.match(html, /<td [^>]*>&#60;img src=&#34;x&#34;&#62;<\/td>/);
  assert.match(
    html,
    /<th [^>]*right[^>]*>a&#60;b<br><small [^>]*>int<\/small><\/th>/,
  );
  assert.match(html, /<span [^>]*>NULL<\/span>/);
  assert.match(html, /The first 2 rows: there are more<\/small>$/);
  assert.doesNotMatch(html, /color|background/); // the page's own, light or dark
});

Deno.test(
  "textTable() has the same in text, numbers to the right",
  NONE,
  () => {
    assert.equal(
      textTable(TABLE),
      `+---------------+------+
| name          |  a<b |
| string        |  int |
+---------------+------+
| <img src="x"> |    1 |
|               | NULL |
+---------------+------+
The first 2 rows: there are more`,
    );
    assert.match(
      textTable({ ...TABLE, rows: [["x", "1"]], hasMore: false }),
      /\n1 row$/,
    );
  },
);
