/** `using` and `await using`. */
import type { Cases } from "../run_cases.ts";

class Resource implements Disposable, AsyncDisposable {
  readonly log: string[];
  constructor(log: string[]) {
    this.log = log;
    log.push("open");
  }
  [Symbol.dispose](): void {
    this.log.push("close");
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await null;
    this.log.push("close later");
  }
}

export const cases: Cases = {
  "using": () => {
    const log: string[] = [];
    {
      using _resource = new Resource(log);
      log.push("use");
    }
    return log;
  },
  "await using": async () => {
    const log: string[] = [];
    {
      await using _resource = new Resource(log);
      log.push("use");
    }
    return log;
  },
};
