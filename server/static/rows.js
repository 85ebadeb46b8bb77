import { element } from "./elements.js";

/**
 * A row of a table; the first cell of a body's row is its head.
 *
 * @param {"th" | "td"} tag
 * @param {string[]} cells
 * @param {string[]} columns   names of the columns
 * @param {string[]} numbers   those that hold numbers
 */
export function rowOf(tag, cells, columns, numbers) {
  return element(
    "tr",
    {},
    ...cells.map((cell, index) => {
      const style = numbers.includes(columns[index]) ? "number" : "";
      return tag === "th"
        ? element("th", { scope: "col", class: style }, cell)
        : index === 0
          ? element("th", { scope: "row" }, cell)
          : element("td", { class: style }, cell);
    }),
  );
}
