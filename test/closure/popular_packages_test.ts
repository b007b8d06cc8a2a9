// deno-lint-ignore-file no-import-prefix -- nothing but this test uses these packages
import assert from "node:assert/strict";
import Ajv from "npm:ajv@8.20.0";
import { parse as parseCsv } from "npm:csv-parse@7.0.3/sync";
import { addDays, format, parseISO } from "npm:date-fns@4.4.0";
import dayjs from "npm:dayjs@1.11.23";
import { XMLParser } from "npm:fast-xml-parser@5.12.1";
import Joi from "npm:joi@18.3.2";
import { DateTime, Duration, Interval } from "npm:luxon@3.7.2";
import moment from "npm:moment@2.31.0";
import Papa from "npm:papaparse@5.7.1";
import { Type } from "npm:@sinclair/typebox@0.34.52";
import { TypeCompiler } from "npm:@sinclair/typebox@0.34.52/compiler";
import { Value } from "npm:@sinclair/typebox@0.34.52/value";
import * as superstruct from "npm:superstruct@2.0.2";
import * as v from "npm:valibot@1.5.0";
import * as yup from "npm:yup@1.7.1";
import validator from "npm:validator@13.15.35";
import * as yaml from "yaml";
import { z } from "zod";
import * as mini from "zod/mini";
import { bundleByDeno } from "../../src/driver/closure/bundle_by_deno.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { describe } from "./parcel.ts";
import { runBundled } from "./run_bundled.ts";
import type { Cases } from "./run_cases.ts";

const user = z.object({
  age: z.number().min(2),
  name: z.string().optional(),
  tags: z.array(z.union([z.string(), z.number()])).default([]),
});
const email = z.email();
const length = z.string().transform((text) => text.length).pipe(
  z.number().max(3),
);
const tree = z.object({
  value: z.number(),
  get children() {
    return z.array(tree).optional();
  },
});
const shape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("circle"), radius: z.int() }),
  z.object({ kind: z.literal("day"), date: z.coerce.date() }),
]);
const refined = z.string().refine((text) => text.startsWith("x"), "no x");
const color = z.enum(["red", "green"]);
const nested = z.record(z.string(), z.map(z.string(), z.set(z.bigint())));
const small = mini.object({ age: mini.number().check(mini.minimum(2)) });
const noted = Object.assign(z.string(), { note: "mine" });

const person = v.object({
  age: v.pipe(v.number(), v.minValue(2)),
  mail: v.optional(v.pipe(v.string(), v.email())),
});

const ajv = new Ajv.default();
const validate = ajv.compile({
  type: "object",
  properties: { age: { type: "number", minimum: 2 } },
  required: ["age"],
});

const box = Type.Object({ size: Type.Number({ minimum: 2 }) });
const compiledBox = TypeCompiler.Compile(box);

const login = Joi.object({
  age: Joi.number().min(2).required(),
  mail: Joi.string().email({ tlds: false }),
});
const form = yup.object({
  age: yup.number().min(2).required(),
  day: yup.date(),
  word: yup.string().matches(/x/),
});
const struct = superstruct.object({
  age: superstruct.min(superstruct.number(), 2),
  name: superstruct.optional(superstruct.string()),
});

const day = dayjs("2024-01-31T10:00:00Z");
const paris = DateTime.fromISO("2024-01-31T10:00:00", {
  zone: "Europe/Paris",
  locale: "fr",
});
const hours = Interval.after(
  DateTime.fromISO("2024-01-31T10:00:00Z", { zone: "utc" }),
  Duration.fromObject({ hours: 2 }),
);
const instant = moment.utc("2024-01-31T10:00:00Z");
const document = yaml.parseDocument("a: [1, 2]\nb: &x {c: 3}\nd: *x");
const xml = new XMLParser({ ignoreAttributes: false });

/** By package: functions over what it made here, and over what it exports. */
const PACKAGES: Readonly<Record<string, Cases>> = {
  zod: {
    "an object": () => [
      user.parse({ age: 3, more: 1 }),
      user.safeParse({ age: 1 }).error?.issues,
    ],
    "a format": () => [email.safeParse("x").success, email.parse("a@b.co")],
    "a transform":
      () => [length.safeParse("abcd").error?.message, length.parse("abc")],
    "a schema that names itself": () =>
      tree.parse({ value: 1, children: [{ value: 2 }] }),
    "a discriminated union": () => [
      shape.parse({ kind: "circle", radius: 1 }),
      shape.parse({ kind: "day", date: "2024-01-01" }),
    ],
    "a function of the program's own": () => [
      refined.safeParse("a").error?.message,
      refined.parse("xa"),
    ],
    "an enum": () => [color.options, color.parse("red")],
    "a record of maps of sets": () =>
      nested.parse({ a: new Map([["b", new Set([1n])]]) }),
    "a schema made of another": () =>
      user.extend({ more: z.number() }).parse({ age: 3, more: 1 }),
    "its classes": () => [
      user instanceof z.ZodObject,
      user instanceof z.ZodType,
      user.safeParse({}).error instanceof z.ZodError,
    ],
    "a property that the program has added": () => noted.note,
    "mini":
      () => [small.safeParse({ age: 1 }).success, small.parse({ age: 2 })],
  },
  valibot: {
    "an object": () => [
      v.safeParse(person, { age: 1 }).issues?.map(({ message }) => message),
      v.parse(person, { age: 3, mail: "a@b.co" }),
    ],
  },
  ajv: {
    "a compiled schema": () => [
      validate({ age: 1 }),
      validate.errors?.map(({ message }) => message),
      validate({ age: 3 }),
    ],
    "a compiler": () => ajv.validate({ type: "number" }, 1),
  },
  typebox: {
    "a type":
      () => [Value.Check(box, { size: 1 }), Value.Check(box, { size: 3 })],
    "a compiled type": () => [
      compiledBox.Check({ size: 1 }),
      compiledBox.Check({ size: 3 }),
    ],
  },
  joi: {
    "an object": () => [
      login.validate({ age: 1 }).error?.message,
      login.validate({ age: "3", mail: "a@b.co" }).value,
    ],
  },
  yup: {
    "an object": () => [
      form.isValidSync({ age: 1 }),
      form.cast({ age: "3", day: "2024-01-01T00:00:00Z" }),
    ],
  },
  superstruct: {
    "an object": () => [
      superstruct.is({ age: 1 }, struct),
      superstruct.validate({ age: 1 }, struct)[0]?.message,
      superstruct.create({ age: 3 }, struct),
    ],
  },
  "date-fns": {
    functions: () => format(addDays(parseISO("2024-01-31"), 1), "yyyy-MM-dd"),
  },
  dayjs: {
    "a day": () => [day.add(1, "month").toISOString(), dayjs.isDayjs(day)],
    "in the function": () => dayjs("2024-01-01").format("YYYY"),
  },
  luxon: {
    "a time in a zone and a language": () => [
      paris.toISO(),
      paris.toFormat("cccc"),
      paris.zoneName,
      DateTime.isDateTime(paris.plus({ months: 1 })),
    ],
    "an interval": () => hours.toISO(),
  },
  moment: {
    "a moment": () => [
      instant.clone().add(1, "month").format(),
      moment.isMoment(instant),
    ],
  },
  "csv-parse": {
    "in the function": () => parseCsv("a,b\n1,2", { columns: true }),
  },
  papaparse: {
    "in the function": () => Papa.parse("a,b\n1,2", { header: true }).data,
  },
  yaml: {
    "a document": () => [document.toJS(), String(document)],
    "in the function": () => yaml.parse("a: [1, 2]"),
  },
  "fast-xml-parser": { "a parser": () => xml.parse("<a b='1'><c>2</c></a>") },
  validator: { "in the function": () => validator.default.isEmail("a@b.co") },
};

for (const [name, cases] of Object.entries(PACKAGES)) {
  Deno.test(`closure: what "${name}" makes on the driver works on a worker`, async () => {
    using capturer = new ClosureCapturer();
    const outcomes = await runBundled(capturer, cases, bundleByDeno);
    for (const [at, [what, f]] of Object.entries(cases).entries()) {
      assert.equal(outcomes[at]?.stack, "", what);
      assert.equal(outcomes[at]?.result, describe(await f()), what);
    }
  });
}
