// "Try it here": selecting on this page does what it does on every other.

import "../shared/browser.js";
import "../shared/translations.js";
import "../shared/addresses.js";
import "../shared/settings.js";
import "../shared/messages.js";
import "../shared/vocabulary.js";
import "../shared/auto-scan.js";
import "../content/card/card-host.js";
import "../content/text/flat-tree.js";
import "../content/text/task-cache.js";
import "../content/text/readable-elements.js";
import "../content/text/block-text.js";
import "../content/text/inline-elements.js";
import "../content/text/block-collector.js";
import "../content/text/statement-visibility.js";
import "../content/selection/reader-selection.js";
import "../content/selection/selection-check.js";
import "../content/background-client.js";
import "../content/page-controller.js";
import "../content/card/card.js";
import "../content/card/card-style.js";
import "../content/card/card-elements.js";
import "../content/card/card-evidence.js";
import "../content/card/card-content.js";
import "../content/card/card-failure.js";
import "../content/card/card-actions.js";
import "../content/card/card-look-up.js";
import "../content/card/feedback-form.js";
import "../content/card/language-model-note.js";
import "../content/card/statement-card.js";
import "../content/marks/findings.js";
import "../content/marks/label-styles.js";
import "../content/marks/underline-geometry.js";
import "../content/marks/drawn-lines.js";
import "../content/marks/painter.js";
import "../content/marks/mark-pointer.js";
import "../content/marks/finding-navigator.js";

const { signal } = new AbortController();
const page = new PageController({ shadowRoots: () => watcher.shadowRoots, onCutOff: () => undefined, signal });
const watcher = new SelectionWatcher({
  onBegin: () => undefined,
  onSelected: () => page.onSelected(),
  onLeft: () => page.onLeft(),
});
settings.watch((current) => page.follow(current, false), signal);
page.follow(await settings.read(), false);
