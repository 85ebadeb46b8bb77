// Numbers and days as people read them.

const LANGUAGE = document.documentElement.lang;
const whole = new Intl.NumberFormat(LANGUAGE);
const thousandths = new Intl.NumberFormat("en", {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
  roundingMode: "halfEven",
});
const day = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });

/** @param {number} count */
export const counted = (count) => whole.format(count);

/** A share between 0 and 1 in per cent. @param {number} share */
export const percent = (share) => String(Number((share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)));

/** A figure between 0 and 1, a half rounded as Python rounds it: the page says what docs/MODEL_CARD.md says. @param {number} figure */
export const figure = (figure) => thousandths.format(figure);

/** A day written 2026-11-21. @param {string} iso */
export const shortDay = (iso) => day.format(new Date(`${iso}T00:00:00Z`));

/** A moment written in ISO 8601. @param {string} iso */
export const momentOf = (iso) => moment.format(new Date(iso));

/** The `count` days that end today, oldest first, as the server names them. @param {number} count */
export function lastDays(count) {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const today = Date.now();
  return Array.from({ length: count }, (_, index) =>
    new Date(today - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
