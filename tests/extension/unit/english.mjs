// The texts of _locales/en, as the browser gives them to the extension.

import { readFileSync } from "node:fs";

const english = JSON.parse(readFileSync(new URL("../../../_locales/en/messages.json", import.meta.url), "utf8"));

/** The message with a key; fails where there is none, as a browser would show nothing. */
export function getMessage(key, substitutions = []) {
  if (key === "@@bidi_dir") {
    return "ltr";
  }
  const { message, placeholders = {} } = english[key];
  return message.replace(/\$(\w+)\$/g, (_, name) => {
    const { content } = placeholders[name.toLowerCase()];
    return [substitutions].flat()[content.slice(1) - 1];
  });
}

/** What `words` of the extension answers. */
export const words = (key, ...substitutions) => getMessage(key.replaceAll("-", "_"), substitutions);
