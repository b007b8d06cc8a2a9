/** What spark-submit's log tells of an application of YARN's. */
export class YarnReport {
  #application: string | null = null;
  #exitCode: number | null = null;

  /** The application's id; null as long as none was told. */
  get application(): string | null {
    return this.#application;
  }

  /** With which code the program ended; null when it was not told: it ended well, or was ended. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  /**
   * Reads a line.
   *
   * Peer: `Client.formatReportDetails` and `SparkUserAppException`, whose text
   * the application master gives YARN as its diagnostics.
   *
   * @param line of the log
   */
  read(line: string): void {
    const id = /\bapplication_\d+_\d+\b/.exec(line)?.[0];
    if (id !== undefined) this.#application ??= id;
    const code = /\bUser application exited with (?:status )?(\d+)\b/
      .exec(line)?.[1];
    if (code !== undefined) this.#exitCode = Number(code);
  }
}
