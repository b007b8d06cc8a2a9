/** What a function of the form `mapPartials` has beside its aggregators: which columns of its rows are for what, in this order. */
export interface PartialLayout {
  /** Number of columns that are the key. */
  readonly keys: number;
  readonly aggregators: readonly {
    /** Its name, for messages. */
    readonly name: string;
    /** Where the program made it. */
    readonly site: string;
    /** Number of columns that it is given. */
    readonly arguments: number;
  }[];
}
