/** Columns of all types that states may have. */
export const ALL_TYPES: string =
  "flag BOOLEAN, tiny TINYINT, small SMALLINT, whole INT, " +
  "long BIGINT, single FLOAT, double DOUBLE, price DECIMAL(10,2), " +
  "digits DECIMAL(38,38), text STRING, bytes BINARY, day DATE, at TIMESTAMP, " +
  "local TIMESTAMP_NTZ, span INTERVAL DAY TO SECOND, list ARRAY<INT>, " +
  "map MAP<STRING, DOUBLE>, inner STRUCT<x: INT, rows: ARRAY<STRUCT<y: STRING>>>";

/** A value of them. */
export const VALUE_OF_ALL_TYPES = {
  flag: true,
  tiny: -128,
  small: -32768,
  whole: -(2 ** 31),
  long: 2 ** 53 - 1,
  single: 0.5,
  double: 0.1,
  price: "-1234.50",
  digits: "0.00000000000000000000000000000000000001",
  text: "é😀",
  bytes: new Uint8Array([0, 255, 128]),
  day: new Date(Date.UTC(1969, 11, 31)),
  at: new Date(-1),
  local: new Date(Date.UTC(2024, 1, 29, 12)),
  span: 86_400_000_001n,
  list: [1, null, 3],
  map: new Map([["a", 1.5], ["b", null]]),
  inner: { x: 1, rows: [{ y: "deep" }, null] },
};
