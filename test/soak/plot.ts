/** A curve of a plot. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
}

/** Curves that share a unit. */
export interface Panel {
  readonly title: string;
  readonly curves: readonly Curve[];
}

const WIDTH = 860;
const HEIGHT = 190;
const LEFT = 70;
const RIGHT = 170;
const TOP = 30;
const BOTTOM = 28;
const COLOURS = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"];

/**
 * Draws panels below each other over one time axis, as SVG.
 *
 * @param seconds when each value was taken
 * @param panels from the top; each curve has a value for each time
 */
export function drawPlot(
  seconds: readonly number[],
  panels: readonly Panel[],
): string {
  const height = panels.length * HEIGHT;
  const drawn = panels.map((panel, at) =>
    `<g transform="translate(0 ${at * HEIGHT})">${
      drawPanel(seconds, panel)
    }</g>`
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${height}" fill="white"/>
${drawn.join("\n")}
</svg>
`;
}

function drawPanel(seconds: readonly number[], panel: Panel): string {
  const last = seconds.at(-1) ?? 0;
  const most = Math.max(1, ...panel.curves.flatMap(({ values }) => values));
  const right = WIDTH - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const x = (at: number): string =>
    (LEFT + (right - LEFT) * at / Math.max(1, last)).toFixed(1);
  const y = (value: number): string =>
    (bottom - (bottom - TOP) * value / most).toFixed(1);
  const curves = panel.curves.map(({ name, values }, i) => {
    const points = values.map((value, at) =>
      `${x(seconds[at] ?? 0)},${y(value)}`
    );
    const color = COLOURS[i % COLOURS.length];
    return `<polyline fill="none" stroke="${color}" stroke-width="1.2" points="${
      points.join(" ")
    }"/><text x="${right + 12}" y="${
      TOP + 14 + 18 * i
    }" fill="${color}">${name}</text>`;
  });
  return `<text x="${LEFT}" y="18" font-weight="bold">${panel.title}</text>
<path d="M${LEFT} ${TOP}V${bottom}H${right}" fill="none" stroke="black"/>
<text x="${LEFT - 6}" y="${TOP + 4}" text-anchor="end">${most}</text>
<text x="${LEFT - 6}" y="${bottom}" text-anchor="end">0</text>
<text x="${LEFT}" y="${HEIGHT - 8}">0 min</text>
<text x="${right}" y="${HEIGHT - 8}" text-anchor="end">${
    (last / 60).toFixed(0)
  } min</text>
${curves.join("\n")}`;
}
