import { shape } from "./elements.js";
import { figure } from "./numbers.js";
import { emptyPlot, marker, STYLES } from "./plot.js";
import { words } from "./words.js";

const HEIGHT = 340;

/** Lines with bands, or points with their intervals. @param {CurvesChart} chart @param {number} width */
export function drawCurves(chart, width) {
  const lowest = Math.min(...chart.series.flatMap(({ low }) => low.filter(Number.isFinite)));
  const { drawing, xOf, yOf } = emptyPlot({
    width,
    height: HEIGHT,
    title: chart.title,
    xLabel: chart.x_label,
    yLabel: chart.y_label,
    x: [0, 1],
    y: [lowest > 0.4 ? 0.4 : 0, 1],
  });
  /** @param {number[]} xs @param {number[]} ys */
  const points = (xs, ys) => xs.map((x, index) => `${xOf(x)},${yOf(ys[index])}`);
  drawing.append(
    shape("polyline", {
      points: chart.reference.map(([x, y]) => `${xOf(x)},${yOf(y)}`).join(" "),
      class: "no-skill",
    }),
  );
  chart.series.forEach(({ x, y, low, high }, number) => {
    const style = `series-${number % STYLES}`;
    if (chart.points) {
      x.forEach((at, index) =>
        drawing.append(
          shape("line", { x1: xOf(at), x2: xOf(at), y1: yOf(low[index]), y2: yOf(high[index]), class: `${style} bar` }),
        ),
      );
    } else {
      const band = [...points(x, high), ...points(x, low).toReversed()];
      drawing.append(shape("polygon", { points: band.join(" "), class: `${style} band` }));
    }
    drawing.append(shape("polyline", { points: points(x, y).join(" "), class: `${style} curve` }));
  });
  if (chart.points) {
    chart.series.forEach((series, number) => drawing.append(...markers(series, number, chart, xOf, yOf)));
  }
  return drawing;
}

/**
 * @param {Series} series @param {number} number @param {CurvesChart} chart
 * @param {(value: number) => number} xOf @param {(value: number) => number} yOf
 */
function markers({ name, x, y, low, high }, number, chart, xOf, yOf) {
  return x.map((at, index) => {
    const point = marker(xOf(at), yOf(y[index]), number);
    const text = words("curve_point", {
      NAME: name,
      X_LABEL: chart.x_label,
      X: figure(at),
      Y_LABEL: chart.y_label,
      Y: figure(y[index]),
      LOW: figure(low[index]),
      HIGH: figure(high[index]),
    });
    point.append(shape("title", {}, text));
    return point;
  });
}
