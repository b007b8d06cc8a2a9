/** A value that a function might return, and how it is written. */
export interface CoercionValue {
  readonly text: string;
  readonly value: unknown;
}

/** Values of every kind, made anew: one of each that JavaScript tells apart. */
export function coercionValues(): CoercionValue[] {
  class Point {
    x = 1;
    y = "a";
  }
  const values: (readonly [string, unknown])[] = [
    ["undefined", undefined],
    ["null", null],
    ["true", true],
    ["1", 1],
    ["-0", -0],
    ["1.5", 1.5],
    ["200", 200],
    ["2 ** 31", 2 ** 31],
    ["2 ** 53", 2 ** 53],
    ["1e20", 1e20],
    ["1e300", 1e300],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["1n", 1n],
    ["2n ** 53n", 2n ** 53n],
    ["10n ** 20n", 10n ** 20n],
    ['""', ""],
    ['"1"', "1"],
    ['"12.50"', "12.50"],
    ['"12.505"', "12.505"],
    ['"x"', "x"],
    ['"\\ud800"', "\ud800"],
    ['"2024-02-29"', "2024-02-29"],
    ['"2024-02-29T12:30:00.5Z"', "2024-02-29T12:30:00.5Z"],
    ['"12:30:00.5"', "12:30:00.5"],
    ["new Date(NaN)", new Date(NaN)],
    ['new Date("2024-02-29")', new Date("2024-02-29")],
    ['new Date("2024-02-29T12:30Z")', new Date("2024-02-29T12:30Z")],
    [
      'Temporal.Instant.from("2024-02-29T12:30Z")',
      Temporal.Instant.from("2024-02-29T12:30Z"),
    ],
    [
      'Temporal.Instant.from("2024-02-29T12:30:00.000000001Z")',
      Temporal.Instant.from("2024-02-29T12:30:00.000000001Z"),
    ],
    [
      'Temporal.PlainDate.from("2024-02-29")',
      Temporal.PlainDate.from("2024-02-29"),
    ],
    [
      'Temporal.PlainDateTime.from("2024-02-29T12:30")',
      Temporal.PlainDateTime.from("2024-02-29T12:30"),
    ],
    ['Temporal.PlainTime.from("12:30")', Temporal.PlainTime.from("12:30")],
    [
      "Temporal.Duration.from({ hours: 1 })",
      Temporal.Duration.from({ hours: 1 }),
    ],
    [
      "Temporal.Duration.from({ months: 1 })",
      Temporal.Duration.from({ months: 1 }),
    ],
    ["new Uint8Array([1, 2])", new Uint8Array([1, 2])],
    ["new Float64Array([1])", new Float64Array([1])],
    ["new ArrayBuffer(1)", new ArrayBuffer(1)],
    ["[]", []],
    ["[1, null]", [1, null]],
    ['[1, "a"]', [1, "a"]],
    ["new Set([1])", new Set([1])],
    ['new Map([["x", 1]])', new Map([["x", 1]])],
    ["new Map([[1, 1]])", new Map([[1, 1]])],
    ["{}", {}],
    ["{ x: 1 }", { x: 1 }],
    ['{ x: 1, y: "a" }', { x: 1, y: "a" }],
    ['{ x: "a", y: 1 }', { x: "a", y: 1 }],
    [
      "{ months: 1, days: 2, microseconds: 3 }",
      { months: 1, days: 2, microseconds: 3 },
    ],
    ["new Point()", new Point()],
    ["Promise.resolve(1)", Promise.resolve(1)],
    ['Symbol("x")', Symbol("x")],
    ["() => 1", () => 1],
    ["/x/", /x/],
    ["Object(1)", Object(1)],
  ];
  return values.map(([text, value]) => ({ text, value }));
}
