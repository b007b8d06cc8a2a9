/** A node of a program's syntax tree, as ESTree has it: what the rules look at. */
export interface Node {
  /** What it is, such as `CallExpression`. */
  readonly type: string;
  /** An identifier's name. */
  readonly name?: string;
  /** An operation's operator. */
  readonly operator?: string;
  /** A literal's value. */
  readonly value?: unknown;
  /** The left operand. */
  readonly left?: Node | null;
  /** The right operand. */
  readonly right?: Node | null;
  /** The one operand. */
  readonly argument?: Node | null;
  /** The condition. */
  readonly test?: Node | null;
  /** What is called. */
  readonly callee?: Node | null;
  /** What the property is of. */
  readonly object?: Node | null;
  /** The property. */
  readonly property?: Node | null;
  /** What stands within. */
  readonly expression?: Node | null;
  /** What is declared. */
  readonly id?: Node | null;
  /** Its first value. */
  readonly init?: Node | null;
  /** A property's key. */
  readonly key?: Node | null;
  /** Where is imported from. */
  readonly source?: Node | null;
  /** The name there. */
  readonly imported?: Node | null;
  /** The name here. */
  readonly local?: Node | null;
  /** What is imported. */
  readonly specifiers?: readonly Node[];
  /** A pattern's properties. */
  readonly properties?: readonly Node[];
}
