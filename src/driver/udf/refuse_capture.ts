/**
 * Why a function that stands in queries stays out of functions: it gives
 * columns, and needs the driver for that.
 *
 * @param maker what made it, such as `"udf()"`
 * @returns the method that says so
 */
export function refuseCapture(maker: string): () => string {
  return () =>
    `what ${maker} made cannot be used inside a function that runs on the workers: it gives columns of queries; call the function that it was made of`;
}
