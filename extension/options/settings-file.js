// Settings to a file and back, and the verdicts that are kept.

import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/messages.js";
import "../shared/translations.js";
import { byId } from "../shared/extension-page.js";
import { save, say } from "./save.js";

const FILE_NAME = "plumbline-settings.json";
const file = /** @type {HTMLInputElement} */ (byId("import-file"));

byId("export-settings").addEventListener("click", async () => {
  const json = JSON.stringify(settings.exported(await settings.read()), null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  link.download = FILE_NAME;
  link.click();
  URL.revokeObjectURL(link.href);
  say("options_exported");
});

byId("import-settings").addEventListener("click", () => file.click());

file.addEventListener("change", async () => {
  const imported = settings.imported((await file.files?.[0]?.text()) ?? "");
  byId("import-error").textContent = imported ? "" : words("options_import_refused");
  file.value = "";
  if (imported) {
    await save(imported);
  }
});

byId("forget-verdicts").addEventListener("click", async () => {
  await messages.ask({ type: "forget-verdicts" });
  say("options_forgotten");
});
