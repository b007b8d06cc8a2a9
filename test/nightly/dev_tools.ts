import type { Browser } from "./browser.ts";

/**
 * All nodes of the page below one: the tools are made of elements within
 * elements, each with a tree of its own.
 */
const BELOW =
  "(function below(node) { return [node, ...[...node.shadowRoot?.childNodes ?? [], ...node.childNodes].flatMap(below)]; })";
const NODES = `${BELOW}(document.body)`;
const FILE = `${NODES}.find(({ type }) => type === "file")`;

/** The Performance panel of Chromium's developer tools, as a page of the browser. */
export class PerformancePanel {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Opens the tools that come with the browser. */
  static async open(browser: Browser): Promise<PerformancePanel> {
    await browser.open(
      `${browser.address}/devtools/devtools_app.html?panel=timeline`,
      { width: 1400 },
    );
    await browser.until(`${FILE} !== undefined`);
    return new PerformancePanel(browser);
  }

  /** Loads a profile, as its button does, and shows what took longest. */
  async load(path: string): Promise<void> {
    await this.#browser.giveFile(FILE, path);
    const tab = `${NODES}.find(({ className, textContent }) =>
      className === "tabbed-pane-header-tab-title" && textContent === "Bottom-up")`;
    await this.#browser.until(`${tab} !== undefined`);
    await this.#browser.evaluate(
      `${tab}.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, composed: true }))`,
    );
  }

  /**
   * Waits for the row of a function in that table.
   *
   * @returns its texts: self time and its share, total time and its share, name, place
   */
  async rowOf(name: string): Promise<string[]> {
    const texts = `${NODES}.filter(({ tagName }) => tagName === "TR")
      .map((row) => ${BELOW}(row)
        .filter(({ nodeType, parentNode }) => nodeType === Node.TEXT_NODE && parentNode.tagName !== "STYLE")
        .map(({ textContent }) => textContent.trim())
        .filter((text) => text !== ""))
      .find((texts) => texts.includes(${JSON.stringify(name)}))`;
    await this.#browser.until(`${texts} !== undefined`);
    return await this.#browser.evaluate(texts) as string[];
  }
}
