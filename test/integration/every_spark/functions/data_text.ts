import { functions as F } from "../../../../mod.ts";
import type { FunctionCase } from "./function_case.ts";

const VARIANT = F.parse_json("json");

/** JSON, CSV, XML and variants. */
export const DATA_TEXT: readonly FunctionCase[] = [
  ["from_csv", F.from_csv("csv", "x STRING, y INT"), csv("")],
  [
    "from_csv",
    F.from_csv("csv", "x STRING, y INT", { sep: ";" }),
    csv(", map('sep', ';')"),
  ],
  [
    "from_json",
    F.from_json("json", "a INT, b ARRAY<INT>"),
    "from_json(json, 'a INT, b ARRAY<INT>')",
  ],
  [
    "from_json",
    F.from_json("json", F.schema_of_json('{"a":1}'), { mode: "FAILFAST" }),
    `from_json(json, schema_of_json('{"a":1}'), map('mode', 'FAILFAST'))`,
  ],
  ["from_xml", F.from_xml("xml", "a INT"), "from_xml(xml, 'a INT')"],
  [
    "from_xml",
    F.from_xml("xml", "a STRING", { mode: "FAILFAST" }),
    "from_xml(xml, 'a STRING', map('mode', 'FAILFAST'))",
  ],
  [
    "get_json_object",
    F.get_json_object("json", "$.b[1]"),
    "get_json_object(json, '$.b[1]')",
  ],
  [
    "is_valid_variant",
    F.is_valid_variant(VARIANT),
    "is_valid_variant(parse_json(json))",
  ],
  [
    "is_variant_null",
    F.is_variant_null(F.parse_json(F.lit("null"))),
    "is_variant_null(parse_json('null'))",
  ],
  [
    "json_array_length",
    F.json_array_length(F.lit("[1, 2]")),
    "json_array_length('[1, 2]')",
  ],
  ["json_object_keys", F.json_object_keys("json"), "json_object_keys(json)"],
  ["parse_json", VARIANT, "parse_json(json)"],
  ["schema_of_csv", F.schema_of_csv("1,a"), "schema_of_csv('1,a')"],
  [
    "schema_of_csv",
    F.schema_of_csv("1;a", { sep: ";" }),
    "schema_of_csv('1;a', map('sep', ';'))",
  ],
  [
    "schema_of_json",
    F.schema_of_json('{"a":1}'),
    `schema_of_json('{"a":1}')`,
  ],
  [
    "schema_of_json",
    F.schema_of_json("{a:1}", { allowUnquotedFieldNames: true }),
    "schema_of_json('{a:1}', map('allowUnquotedFieldNames', 'true'))",
  ],
  [
    "schema_of_variant",
    F.schema_of_variant(VARIANT),
    "schema_of_variant(parse_json(json))",
  ],
  [
    "schema_of_xml",
    F.schema_of_xml("<p><a>1</a></p>"),
    "schema_of_xml('<p><a>1</a></p>')",
  ],
  [
    "schema_of_xml",
    F.schema_of_xml("<p><a>1</a></p>", { inferSchema: false }),
    "schema_of_xml('<p><a>1</a></p>', map('inferSchema', 'false'))",
  ],
  ["to_csv", F.to_csv("st"), "to_csv(st)"],
  ["to_csv", F.to_csv("st", { sep: ";" }), "to_csv(st, map('sep', ';'))"],
  ["to_json", F.to_json("st"), "to_json(st)"],
  [
    "to_json",
    F.to_json("st", { ignoreNullFields: false }),
    "to_json(st, map('ignoreNullFields', 'false'))",
  ],
  ["to_variant_object", F.to_variant_object("st"), "to_variant_object(st)"],
  ["to_xml", F.to_xml("st"), "to_xml(st)"],
  [
    "to_xml",
    F.to_xml("st", { rowTag: "person" }),
    "to_xml(st, map('rowTag', 'person'))",
  ],
  ["try_parse_json", F.try_parse_json("s"), "try_parse_json(s)"],
  [
    "try_variant_array_append",
    F.try_variant_array_append(VARIANT, "$.a", 1),
    "try_variant_array_append(parse_json(json), '$.a', 1)",
  ],
  [
    "try_variant_get",
    F.try_variant_get(VARIANT, "$.b", "int"),
    "try_variant_get(parse_json(json), '$.b', 'int')",
  ],
  [
    "try_variant_insert",
    F.try_variant_insert(VARIANT, "$.a", 1),
    "try_variant_insert(parse_json(json), '$.a', 1)",
  ],
  [
    "try_variant_set",
    F.try_variant_set(VARIANT, "$.a.b", 1, true),
    "try_variant_set(parse_json(json), '$.a.b', 1, true)",
  ],
  [
    "variant_array_append",
    F.variant_array_append(VARIANT, "$.b", 7),
    "variant_array_append(parse_json(json), '$.b', 7)",
  ],
  [
    "variant_delete",
    F.variant_delete(VARIANT, "$.a", "$.b[0]"),
    "variant_delete(parse_json(json), '$.a', '$.b[0]')",
  ],
  [
    "variant_get",
    F.variant_get(VARIANT, "$.a", "int"),
    "variant_get(parse_json(json), '$.a', 'int')",
  ],
  [
    "variant_insert",
    F.variant_insert(VARIANT, "$.c", "new"),
    "variant_insert(parse_json(json), '$.c', 'new')",
  ],
  [
    "variant_set",
    F.variant_set(VARIANT, "$.a", 5),
    "variant_set(parse_json(json), '$.a', 5)",
  ],
  [
    "variant_set",
    F.variant_set(VARIANT, "$.d", 5, false),
    "variant_set(parse_json(json), '$.d', 5, false)",
  ],
  [
    "variant_strip_nulls",
    F.variant_strip_nulls(F.parse_json(F.lit('{"a":[1,null],"b":null}'))),
    `variant_strip_nulls(parse_json('{"a":[1,null],"b":null}'))`,
  ],
  [
    "variant_strip_nulls",
    F.variant_strip_nulls(F.parse_json(F.lit('{"a":[1,null]}')), false),
    `variant_strip_nulls(parse_json('{"a":[1,null]}'), false)`,
  ],
  ["xpath", F.xpath("xml", F.lit("p/a/text()")), "xpath(xml, 'p/a/text()')"],
  ...(["boolean", "double", "float", "int", "long", "number", "short"] as const)
    .map((type): FunctionCase => [
      `xpath_${type}`,
      F[`xpath_${type}`]("xml", F.lit("p/a")),
      `xpath_${type}(xml, 'p/a')`,
    ]),
  [
    "xpath_string",
    F.xpath_string("xml", F.lit("p/a")),
    "xpath_string(xml, 'p/a')",
  ],
];

function csv(options: string): string {
  return `from_csv(csv, 'x STRING, y INT'${options})`;
}
