/** A `java.math.BigDecimal`, all digits kept. */
export class JavaDecimal {
  /** Its plain decimal text, such as `"-12.50"`. */
  readonly text: string;

  /**
   * A decimal of these digits.
   *
   * @param text decimal text, an exponent allowed
   * @throws TypeError when it is no decimal number
   */
  constructor(text: string) {
    if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
      throw new TypeError(
        `Cannot make a decimal of "${text}": it is no number`,
      );
    }
    this.text = text;
  }

  /** The nearest number; digits may be lost. */
  toNumber(): number {
    return Number(this.text);
  }

  /** Its decimal text. */
  toString(): string {
    return this.text;
  }
}

/**
 * A number that says which of Java's types it means. Py4J itself knows int,
 * long and double on the wire and turns them into float, short and byte where
 * a parameter asks for these.
 */
export class JavaNumber {
  /** How it is written in a command: the type's letter and the digits. */
  readonly part: string;

  /** @param part the type's letter and the digits */
  private constructor(part: string) {
    this.part = part;
  }

  /**
   * A Java int.
   *
   * @throws RangeError when it is no integer of 32 bits
   */
  static int(value: number): JavaNumber {
    return new JavaNumber(`i${checked("int", value, 32)}`);
  }

  /**
   * A Java long, also for a small value.
   *
   * @throws RangeError when it is no integer of 64 bits, or a number above 2^53
   */
  static long(value: number | bigint): JavaNumber {
    return new JavaNumber(`L${checked("long", value, 64)}`);
  }

  /** A Java double, also for a whole number. */
  static double(value: number): JavaNumber {
    return new JavaNumber(`d${doubleText(value)}`);
  }

  /** A Java float: the value rounded to 32 bits, for a parameter of that type. */
  static float(value: number): JavaNumber {
    return new JavaNumber(`d${doubleText(Math.fround(value))}`);
  }

  /**
   * A Java short, for a parameter of that type.
   *
   * @throws RangeError when it is no integer of 16 bits
   */
  static short(value: number): JavaNumber {
    return new JavaNumber(`i${checked("short", value, 16)}`);
  }

  /**
   * A Java byte, for a parameter of that type.
   *
   * @throws RangeError when it is no integer of 8 bits
   */
  static byte(value: number): JavaNumber {
    return new JavaNumber(`i${checked("byte", value, 8)}`);
  }
}

/** A value of the JVM that comes as it is, in place of a reference. */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | JavaDecimal;

/**
 * A double as Java reads it.
 *
 * @param value any number
 */
export function doubleText(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}

function checked(
  type: string,
  value: number | bigint,
  bits: number,
): number | bigint {
  const whole = typeof value === "bigint" || Number.isSafeInteger(value);
  if (!whole || BigInt.asIntN(bits, BigInt(value)) !== BigInt(value)) {
    throw new RangeError(
      `Cannot make a Java ${type} of ${value}: it is no integer of ${bits} bits`,
    );
  }
  return value;
}
