/**
 * Every function of ours with the same expression in SQL, by how they are
 * called, over one sample of rows.
 *
 * @module
 */
import { AGGREGATE } from "./functions/aggregate.ts";
import { COLLECTION } from "./functions/collection.ts";
import { DATA_TEXT } from "./functions/data_text.ts";
import { DATE } from "./functions/date.ts";
import type { FunctionCase } from "./functions/function_case.ts";
import { MATH } from "./functions/math.ts";
import { MISC } from "./functions/misc.ts";
import { SKETCH } from "./functions/sketch.ts";
import { TEXT } from "./functions/text.ts";
import { TIMESTAMP } from "./functions/timestamp.ts";

export { GENERATOR, ROLLUP, WINDOW } from "./functions/aggregate.ts";
export { RANDOM } from "./functions/misc.ts";
export type { FunctionCase } from "./functions/function_case.ts";
export { OF_SKETCH, SKETCH_AGGREGATE, SKETCHES } from "./functions/sketch.ts";

/** The rows that all cases are about: values, others, and nulls. */
export const SAMPLE = `
  SELECT *, CAST(x AS FLOAT) AS f, array(array(i), arr2) AS nested,
    named_struct('x', i, 'y', s) AS st,
    array(named_struct('k', 'a', 'v', i), named_struct('k', 'b', 'v', j))
      AS structs,
    array(CAST(x AS FLOAT), 2F, -1F) AS v, array(1F, CAST(p AS FLOAT), 4F) AS w,
    X'0101000000000000000000F03F0000000000000040' AS wkb,
    encode(s, 'UTF-16') AS wide
  FROM VALUES
    (1, 5, 2, 12L, 2.5D, 0.25D, 10.255BD, true, 65, '10', 'Spark SQL', 'ark',
      '  both  ', 'ark,b', 'a:1,b:2', X'00FF10', DATE'2024-02-29',
      DATE'2023-12-15', TIMESTAMP'2024-03-10 01:30:15.123456',
      TIMESTAMP_NTZ'2024-03-10 05:06:07', '2024-01-02 03:04:05',
      array(1, 3, NULL, 3), array(3, 8), array('p', NULL, 'q'),
      map('a', 1, 'b', -2), map('c', 7), '{"a":1,"b":[2,3]}',
      '<p><a>7</a><a>8</a></p>', 'http://spark.example/a/b?k=1&l=2'),
    (2, -7, 3, 40L, 7.75D, 0.75D, -0.995BD, false, 97, '77', 'a_b and a', 'a',
      'x ', 'x,y,z', 'k=1;l=2', X'01', DATE'1970-01-01', DATE'1969-11-30',
      TIMESTAMP'1969-12-31 23:59:59', TIMESTAMP_NTZ'1970-01-01 00:00:00',
      '1999-12-31', array(4), array(4, 5, 6), array('z'), map('a', 3),
      map('b', 4), '{"a":-5,"b":[1]}', '<p><a>-1</a></p>',
      'https://other.example:8080/?k=%20'),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL)
  AS (id, i, j, l, x, p, dec, flag, code, digits, s, t, padded, csv, pairs, b,
    dt, dt2, ts, ntz, when, arr, arr2, strs, m, m2, json, xml, url)`;

/** One value of each row. */
export const SCALAR: readonly FunctionCase[] = [
  ...COLLECTION,
  ...DATA_TEXT,
  ...DATE,
  ...MATH,
  ...MISC,
  ...TEXT,
  ...TIMESTAMP,
];

/** One value of all rows. */
export const AGGREGATES: readonly FunctionCase[] = [...AGGREGATE, ...SKETCH];
