import {
  ArithmeticException,
  ArrayIndexOutOfBoundsException,
  DateTimeException,
  functions as F,
  JavaError,
  NumberFormatException,
  SparkRuntimeException,
} from "../../../mod.ts";
import { type BadInput, type BadInputs, people } from "./bad_input.ts";

/** Values that cannot be computed. */
export function valueCases({ spark }: BadInputs): BadInput[] {
  const { u } = people(spark);
  return [
    {
      title: "a division by zero",
      run: () => u.select(F.expr("id / 0")).collect(),
      kind: ArithmeticException,
      condition: "DIVIDE_BY_ZERO",
      sqlState: "22012",
      parameters: { config: '"spark.sql.ansi.enabled"' },
      text:
        '[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error. SQLSTATE: 22012',
    },
    {
      title: "a sum that overflows",
      run: () => spark.sql("SELECT 2147483647 + 1").collect(),
      kind: ArithmeticException,
      condition: "ARITHMETIC_OVERFLOW",
      sqlState: "22003",
      parameters: {
        message: "overflow",
        alternative:
          " Use 'try_add' to tolerate overflow and return NULL instead.",
        config: '"spark.sql.ansi.enabled"',
      },
      text:
        '[ARITHMETIC_OVERFLOW] overflow. Use \'try_add\' to tolerate overflow and return NULL instead. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error. SQLSTATE: 22003',
    },
    {
      title: "a cast of a text that is no number",
      run: () => u.select(F.col("name").cast("int")).collect(),
      kind: NumberFormatException,
      condition: "CAST_INVALID_INPUT",
      sqlState: "22018",
      parameters: {
        expression: "'a'",
        sourceType: '"STRING"',
        targetType: '"INT"',
        ansiConfig: '"spark.sql.ansi.enabled"',
      },
      text:
        '[CAST_INVALID_INPUT] The value \'a\' of the type "STRING" cannot be cast to "INT" because it is malformed. Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead. SQLSTATE: 22018',
    },
    {
      title: "an index past an array",
      run: () => spark.sql("SELECT array(1)[5]").collect(),
      kind: ArrayIndexOutOfBoundsException,
      condition: "INVALID_ARRAY_INDEX",
      sqlState: "22003",
      parameters: { indexValue: "5", arraySize: "1" },
      text:
        "[INVALID_ARRAY_INDEX] The index 5 is out of bounds. The array has 1 elements. Use the SQL function `get()` to tolerate accessing element at invalid index and return NULL instead. SQLSTATE: 22003",
    },
    {
      title: "element 0",
      run: () => spark.sql("SELECT element_at(array(1), 0)").collect(),
      kind: SparkRuntimeException,
      condition: "INVALID_INDEX_OF_ZERO",
      sqlState: "22003",
      parameters: {},
      text:
        "[INVALID_INDEX_OF_ZERO] The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1). SQLSTATE: 22003",
    },
    {
      title: "a text that is no date",
      run: () => spark.sql("SELECT to_date('x', 'yyyy')").collect(),
      kind: DateTimeException,
      condition: "CANNOT_PARSE_TIMESTAMP",
      sqlState: "22007",
      parameters: {
        message: "Text 'x' could not be parsed at index 0",
        func: "`try_to_date`",
      },
      text:
        "[CANNOT_PARSE_TIMESTAMP] Text 'x' could not be parsed at index 0. Use `try_to_date` to tolerate invalid input string and return NULL instead. SQLSTATE: 22007",
    },
    {
      title: "a cast of a text that is no date",
      run: () => spark.sql("SELECT CAST('2020-13-01' AS DATE)").collect(),
      kind: DateTimeException,
      condition: "CAST_INVALID_INPUT",
      sqlState: "22018",
      parameters: {
        expression: "'2020-13-01'",
        sourceType: '"STRING"',
        targetType: '"DATE"',
        ansiConfig: '"spark.sql.ansi.enabled"',
      },
      text:
        '[CAST_INVALID_INPUT] The value \'2020-13-01\' of the type "STRING" cannot be cast to "DATE" because it is malformed. Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead. SQLSTATE: 22018',
    },
    {
      title: "a decimal with too many digits",
      run: () => spark.sql("SELECT CAST(12345 AS DECIMAL(3,0))").collect(),
      kind: ArithmeticException,
      condition: "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
      sqlState: "22003",
      parameters: {
        value: "12345",
        precision: "3",
        scale: "0",
        config: '"spark.sql.ansi.enabled"',
      },
      text:
        '[NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION]  12345 cannot be represented as Decimal(3, 0). If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error, and return NULL instead. SQLSTATE: 22003',
    },
    {
      title: "a cast that overflows",
      run: () => spark.sql("SELECT CAST(3000000000 AS INT)").collect(),
      kind: ArithmeticException,
      condition: "CAST_OVERFLOW",
      sqlState: "22003",
      parameters: {
        value: "3000000000L",
        sourceType: '"BIGINT"',
        targetType: '"INT"',
        ansiConfig: '"spark.sql.ansi.enabled"',
      },
      text:
        '[CAST_OVERFLOW] The value 3000000000L of the type "BIGINT" cannot be cast to "INT" due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead. SQLSTATE: 22003',
    },
    {
      title: "raise_error()",
      run: () => u.select(F.raise_error(F.lit("no luck"))).collect(),
      kind: SparkRuntimeException,
      condition: "USER_RAISED_EXCEPTION",
      sqlState: "P0001",
      parameters: { errorMessage: "no luck" },
      text: "[USER_RAISED_EXCEPTION] no luck SQLSTATE: P0001",
    },
    {
      title: "assert_true()",
      run: () => u.select(F.assert_true(F.lit(false) as never)).collect(),
      kind: SparkRuntimeException,
      condition: "USER_RAISED_EXCEPTION",
      sqlState: "P0001",
      parameters: { errorMessage: "'false' is not true!" },
      text: "[USER_RAISED_EXCEPTION] 'false' is not true! SQLSTATE: P0001",
    },
    {
      title: "a subquery of several rows",
      run: () => spark.sql("SELECT (SELECT explode(array(1,2)))").collect(),
      kind: JavaError,
      condition: "SCALAR_SUBQUERY_TOO_MANY_ROWS",
      sqlState: "21000",
      parameters: {},
      text:
        "[SCALAR_SUBQUERY_TOO_MANY_ROWS] More than one row returned by a subquery used as an expression. SQLSTATE: 21000",
    },
    {
      title: "a map with a key twice",
      run: () => spark.sql("SELECT map(1,2,1,3)").collect(),
      kind: SparkRuntimeException,
      condition: "DUPLICATED_MAP_KEY",
      sqlState: "23505",
      parameters: {
        key: "1",
        mapKeyDedupPolicy: '"spark.sql.mapKeyDedupPolicy"',
      },
      text:
        "[DUPLICATED_MAP_KEY] Duplicate map key 1 was found, please check the input data.",
    },
  ];
}
