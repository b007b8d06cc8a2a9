import { collationName } from "./collation.ts";
import {
  type DdlToken,
  ddlTokens,
  invalidDdl,
  isInvalidDdl,
} from "./ddl_tokens.ts";
import { intervalType } from "./interval_type.ts";
import {
  ATOMIC_TYPES,
  type Metadata,
  type PlainField,
  type PlainType,
} from "./plain_type.ts";
import { crsOf } from "./spatial_reference.ts";
import { MAX_TYPE_DEPTH, nanosecondType } from "./type_json.ts";
import { simpleString } from "./type_text.ts";

/** Types without parameters by their names in SQL. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ...[...ATOMIC_TYPES.keys()].map((name) => [name, name] as const),
  ["bigint", "long"],
  ["int", "integer"],
  ["real", "float"],
  ["smallint", "short"],
  ["timestamp_ltz", "timestamp"],
  ["tinyint", "byte"],
]);

/** Names that other databases and TypeScript have for types. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["bool", "BOOLEAN"],
  ["date_time", "TIMESTAMP"],
  ["datetime", "TIMESTAMP"],
  ["float32", "FLOAT"],
  ["float64", "DOUBLE"],
  ["int32", "INT"],
  ["int64", "BIGINT"],
  ["json", "VARIANT"],
  ["number", "DOUBLE"],
  ["text", "STRING"],
]);

/**
 * Spark's name for a type that others call so, such as `BIGINT` for `int64`.
 *
 * @param name in capitals or not
 */
export function familiarType(name: string): string | undefined {
  return FOREIGN.get(name.toLowerCase());
}

const MAX_DECIMAL_DIGITS = 38;
const MAX_INT = 2 ** 31 - 1;

/**
 * Reads the columns of a schema: `a INT NOT NULL, b STRING`, as PySpark also
 * `a: INT`, or one `STRUCT<…>`.
 *
 * Peer: `StructType.fromDDL`.
 *
 * @throws SparkError `DDL_INVALID`
 */
export function parseDdlColumns(ddl: string): readonly PlainField[] {
  const type = readDdl(ddl, WAYS);
  if (type.kind === "struct") return type.fields;
  throw invalidDdl(ddl, 0, `there is the type "${simpleString(type)}" only`);
}

/**
 * Reads a type in SQL's words; columns are a struct.
 *
 * Peer: `DataType.fromDDL`.
 *
 * @throws SparkError `DDL_INVALID`
 */
export function parseDdlType(ddl: string): PlainType {
  // A word alone is no column, but a type that may be misspelt.
  return readDdl(ddl, /^\w+$/.test(ddl) ? ["typeAlone"] : WAYS);
}

const WAYS = ["typeAlone", "columnsAlone"] as const;

function readDdl(
  ddl: string,
  ways: readonly (typeof WAYS)[number][],
): PlainType {
  const tokens = ddlTokens(ddl);
  if (tokens.length === 1) throw invalidDdl(ddl, 0, "there is nothing");
  let cause: unknown;
  let reached = 0;
  // `a` is a column's name in `a INT`, and a type's in `int`.
  for (const way of ways) {
    const parser = new DdlParser(ddl, tokens);
    try {
      return parser[way]();
    } catch (error) {
      if (!isInvalidDdl(error)) throw error;
      if (cause !== undefined && parser.reached < reached) continue;
      cause = error; // what was read further knows better what was meant
      reached = parser.reached;
    }
  }
  throw cause;
}

class DdlParser {
  readonly #ddl: string;
  readonly #tokens: readonly DdlToken[];
  #next = 0;

  constructor(
    ddl: string,
    tokens: readonly DdlToken[],
  ) {
    this.#ddl = ddl;
    this.#tokens = tokens;
  }

  /** How many tokens were read. */
  get reached(): number {
    return this.#next;
  }

  typeAlone(): PlainType {
    const type = this.#type(0);
    this.#expectEnd();
    return type;
  }

  columnsAlone(): PlainType {
    const fields = this.#columns(0);
    this.#expectEnd();
    return Object.freeze({ kind: "struct", fields });
  }

  #columns(depth: number): PlainField[] {
    const fields: PlainField[] = [];
    do fields.push(this.#column(depth)); while (this.#take(","));
    return fields;
  }

  #column(depth: number): PlainField {
    const name = this.#takeToken();
    if (name.kind !== "word" && name.kind !== "quoted") {
      throw this.#unexpected(name, "the name of a column");
    }
    this.#take(":");
    const type = this.#type(depth + 1);
    const nullable = !this.#takeWord("not");
    if (!nullable) this.#expectWord("null");
    const metadata: Metadata = this.#takeWord("comment")
      ? { comment: this.#text() }
      : {};
    return { name: name.value, type, nullable, metadata };
  }

  #type(depth: number): PlainType {
    if (depth > MAX_TYPE_DEPTH) {
      throw this.#invalid(`types are over ${MAX_TYPE_DEPTH} deep`);
    }
    const token = this.#takeToken();
    if (token.kind !== "word") throw this.#unexpected(token, "a type");
    const name = token.value.toLowerCase();
    switch (name) {
      case "array":
        return this.#array(depth);
      case "map":
        return this.#map(depth);
      case "struct":
        return this.#struct(depth);
      case "interval":
        return this.#interval(token);
      case "timestamp":
      case "timestamp_ltz":
      case "timestamp_ntz":
        return this.#timestamp(name);
      case "time":
        return this.#time();
    }
    return this.#sized(name, token) ?? this.#plain(name, token);
  }

  #array(depth: number): PlainType {
    this.#expect("<");
    const elementType = this.#type(depth + 1);
    this.#expect(">");
    return Object.freeze({ kind: "array", elementType, containsNull: true });
  }

  #map(depth: number): PlainType {
    this.#expect("<");
    const keyType = this.#type(depth + 1);
    this.#expect(",");
    const valueType = this.#type(depth + 1);
    this.#expect(">");
    return Object.freeze(
      { kind: "map", keyType, valueType, valueContainsNull: true },
    );
  }

  #struct(depth: number): PlainType {
    this.#expect("<");
    const isEmpty = this.#take(">");
    const fields = isEmpty ? [] : this.#columns(depth);
    if (!isEmpty) this.#expect(">");
    return Object.freeze({ kind: "struct", fields });
  }

  #interval(token: DdlToken): PlainType {
    const start = this.#peek();
    const from = start.kind === "word" ? start.value.toLowerCase() : "";
    if (intervalType(`interval ${from}`) === undefined) {
      return this.#plain("interval", token);
    }
    this.#next++;
    if (!this.#takeWord("to")) return intervalType(`interval ${from}`)!;
    const end = this.#takeToken();
    const to = end.value.toLowerCase();
    const type = intervalType(`interval ${from} to ${to}`);
    if (type !== undefined) return type;
    throw this.#unexpected(end, `a field smaller than "${from}"`);
  }

  #timestamp(name: "timestamp" | "timestamp_ltz" | "timestamp_ntz"): PlainType {
    const at = this.#peek();
    const [precision = 6] = this.#numbers(0, 1);
    if (precision < 6 || precision > 9) {
      throw this.#invalid("a timestamp has 6 to 9 digits of a second", at);
    }
    const ltz = name !== "timestamp_ntz" && !this.#withoutZone(name);
    return nanosecondType(ltz ? "timestamp" : "timestamp_ntz", precision);
  }

  #withoutZone(name: string): boolean {
    if (name !== "timestamp") return false;
    if (this.#takeWord("with")) {
      this.#expectWord("local");
      this.#expectZone();
      return false;
    }
    if (!this.#takeWord("without")) return false;
    this.#expectZone();
    return true;
  }

  #time(): PlainType {
    const at = this.#peek();
    const [precision = 6] = this.#numbers(0, 1);
    if (precision > 9) {
      throw this.#invalid("a time has up to 9 digits of a second", at);
    }
    if (this.#takeWord("without")) this.#expectZone();
    return Object.freeze({ kind: "time", precision });
  }

  #expectZone(): void {
    this.#expectWord("time");
    this.#expectWord("zone");
  }

  #sized(name: string, token: DdlToken): PlainType | undefined {
    switch (name) {
      case "string":
        return Object.freeze({ kind: "string", ...this.#collation() });
      case "char":
      case "character":
      case "varchar": {
        const [length = 0] = this.#numbers(1, 1);
        const kind = name === "varchar" ? "varchar" : "char";
        return Object.freeze({ kind, length, ...this.#collation() });
      }
      case "dec":
      case "decimal":
      case "numeric":
        return this.#decimal();
      case "geometry":
      case "geography": {
        this.#expect("(");
        const srid = this.#takeToken();
        const isAny = srid.value.toLowerCase() === "any";
        if (!isAny && srid.kind !== "number") {
          throw this.#unexpected(srid, "a number or ANY");
        }
        this.#expect(")");
        return Object.freeze({ kind: name, crs: crsOf(srid.value) });
      }
      case "null":
        throw this.#unknown(token, "VOID");
      default:
        return undefined;
    }
  }

  #decimal(): PlainType {
    const at = this.#peek();
    const [precision = 10, scale = 0] = this.#numbers(0, 2);
    if (precision > MAX_DECIMAL_DIGITS || scale > precision) {
      const why =
        `decimal(${precision},${scale}) is over ${MAX_DECIMAL_DIGITS} digits`;
      throw this.#invalid(
        precision > MAX_DECIMAL_DIGITS
          ? why
          : `decimal(${precision},${scale}) has more digits behind the point than in all`,
        at,
      );
    }
    return Object.freeze({ kind: "decimal", precision, scale });
  }

  #collation(): { collation?: string } {
    if (!this.#takeWord("collate")) return {};
    const parts: string[] = []; // such as `system.builtin.UNICODE`
    do {
      const token = this.#takeToken();
      if (token.kind !== "word" && token.kind !== "quoted") {
        throw this.#unexpected(token, "the name of a collation");
      }
      parts.push(token.value);
    } while (this.#take("."));
    return { collation: collationName(parts.join(".")) };
  }

  #plain(name: string, token: DdlToken): PlainType {
    const type = ATOMIC_TYPES.get(NAMES.get(name) ?? "");
    if (type === undefined) throw this.#unknown(token, FOREIGN.get(name));
    return type;
  }

  /** Whole numbers within parentheses; none where there are no parentheses and none are needed. */
  #numbers(least: number, most: number): number[] {
    if (least === 0 && this.#peek().value !== "(") return [];
    this.#expect("(");
    const numbers: number[] = [];
    do {
      const token = this.#takeToken();
      const value = /^\d+$/.test(token.value) ? Number(token.value) : Infinity;
      if (token.kind !== "number" || value > MAX_INT) {
        throw this.#unexpected(token, "a whole number below 2^31");
      }
      numbers.push(value);
    } while (numbers.length < most && this.#take(","));
    this.#expect(")");
    return numbers;
  }

  /** Texts one after another are one. */
  #text(): string {
    const first = this.#takeToken();
    if (first.kind !== "text") {
      throw this.#unexpected(first, "a text within quotes");
    }
    let text = first.value;
    while (this.#peek().kind === "text") text += this.#takeToken().value;
    return text;
  }

  #peek(): DdlToken {
    return this.#tokens[this.#next]!; // the end stays
  }

  #takeToken(): DdlToken {
    const token = this.#peek();
    if (token.kind !== "end") this.#next++;
    return token;
  }

  #take(symbol: string): boolean {
    const { kind, value } = this.#peek();
    if (kind !== "symbol" || value !== symbol) return false;
    this.#next++;
    return true;
  }

  #takeWord(word: string): boolean {
    const { kind, value } = this.#peek();
    if (kind !== "word" || value.toLowerCase() !== word) return false;
    this.#next++;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) {
      throw this.#unexpected(this.#peek(), `"${symbol}"`);
    }
  }

  #expectWord(word: string): void {
    if (this.#takeWord(word)) return;
    throw this.#unexpected(this.#peek(), word.toUpperCase());
  }

  #expectEnd(): void {
    const token = this.#peek();
    if (token.kind !== "end") throw this.#unexpected(token, '"," or the end');
  }

  #unexpected(token: DdlToken, wanted: string): Error {
    const found = token.kind === "end" ? token.value : `"${token.value}"`;
    return this.#invalid(`there is ${found} in the place of ${wanted}`, token);
  }

  #unknown(token: DdlToken, meant: string | undefined): Error {
    const hint = meant === undefined ? "" : `: Spark's name for it is ${meant}`;
    return this.#invalid(`the type "${token.value}" is unknown${hint}`, token);
  }

  #invalid(why: string, { at }: DdlToken = this.#peek()): Error {
    return invalidDdl(this.#ddl, at, why);
  }
}
