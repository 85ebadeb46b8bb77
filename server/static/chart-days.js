import { axisTop } from "./drawing.js";
import { shape } from "./elements.js";
import { counted, shortDay } from "./numbers.js";
import { LABELS } from "./vocabulary.js";
import { words } from "./words.js";

const HEIGHT = 220;
const MARGIN = { left: 44, top: 10, bottom: 26 };
const WIDTH_OF_DATE = 64;

/** One column a day, stacked by label. @param {Day[]} days @param {number} width */
export function drawDays(days, width) {
  const totals = days.map(({ labels }) => Object.values(labels).reduce((sum, count) => sum + count, 0));
  const top = axisTop(Math.max(...totals));
  const plot = HEIGHT - MARGIN.top - MARGIN.bottom;
  const step = (width - MARGIN.left) / days.length;
  /** @param {number} count */
  const heightOf = (count) => (count / top) * plot;
  const drawing = shape("svg", {
    height: HEIGHT,
    viewBox: `0 0 ${width} ${HEIGHT}`,
    role: "img",
    "aria-label": words("days_chart"),
  });
  for (const part of [0, 0.5, 1]) {
    const y = MARGIN.top + plot * (1 - part);
    drawing.append(
      shape("line", { x1: MARGIN.left, x2: width, y1: y, y2: y, class: "axis" }),
      shape("text", { x: MARGIN.left - 8, y: y + 4, "text-anchor": "end" }, counted(top * part)),
    );
  }
  const datesApart = Math.ceil(WIDTH_OF_DATE / step);
  days.forEach(({ day, labels }, index) => {
    const x = MARGIN.left + index * step;
    drawing.append(column(labels, x + step * 0.12, step * 0.76, heightOf));
    if ((days.length - 1 - index) % datesApart === 0) {
      const end = index === days.length - 1 && days.length > 7;
      drawing.append(
        shape(
          "text",
          { x: end ? width : x + step / 2, y: HEIGHT - 8, "text-anchor": end ? "end" : "middle" },
          shortDay(day),
        ),
      );
    }
    drawing.append(hoverArea(day, labels, x, step));
  });
  return drawing;
}

/** @param {Record<string, number>} labels @param {number} x @param {number} width @param {(count: number) => number} heightOf */
function column(labels, x, width, heightOf) {
  const group = shape("g");
  let y = HEIGHT - MARGIN.bottom;
  for (const label of LABELS) {
    const height = heightOf(labels[label] ?? 0);
    if (height > 0) {
      y -= height;
      group.append(shape("rect", { x, y, width, height, class: `fill-${label}`, "data-label": label }));
    }
  }
  return group;
}

/** The tooltip; the table beside it has the same figures. @param {string} day @param {Record<string, number>} labels @param {number} x @param {number} width */
function hoverArea(day, labels, x, width) {
  const counts = LABELS.filter((label) => labels[label]).map((label) =>
    words("checked_label", { COUNT: counted(labels[label]), LABEL: words(`label_${label}`).toLowerCase() }),
  );
  const area = { x, width, y: MARGIN.top, height: HEIGHT - MARGIN.top - MARGIN.bottom, class: "hover-area" };
  const text = words("days_bar", { DAY: shortDay(day), LABELS: counts.join(", ") || words("no_value") });
  return shape("rect", area, shape("title", {}, text));
}
