import "../shared/words.js";
import "../shared/messages.js";
import { byId } from "../shared/by-id.js";

/** Say in words whether the server answers, and what to do if it does not. */
export async function showServer() {
  /** @type {ServerState | undefined} */
  const state = await messages.ask({ type: "server-state" });
  const server = byId("server");
  if (state?.ok) {
    server.replaceChildren(words("popup_server_ready", state.address, state.model));
    server.dataset.state = "ready";
    return;
  }
  const { kind, address, detail } = state?.failure ?? { kind: "interrupted", address: "", detail: "" };
  const command = document.createElement("code");
  command.textContent = words("start_command");
  server.replaceChildren(
    paragraph(words(`failure_${kind}`, address)),
    ...(detail ? [paragraph(detail, "detail")] : []),
    paragraph(words("failure_help")),
    command,
  );
  server.dataset.state = kind;
}

/** @param {string} text @param {string} [className] */
function paragraph(text, className = "") {
  const made = document.createElement("p");
  made.className = className;
  made.textContent = text;
  return made;
}
