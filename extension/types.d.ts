// Types for the editor and for `tsc --checkJs`; no browser loads this file.

// --- What the classic files of shared/ hang on the global object, for content scripts and modules alike ---

/** The extension API under the name that this browser gives it. */
declare var webext: typeof chrome;
declare var browser: typeof chrome | undefined;
type Port = chrome.runtime.Port;
type Sender = chrome.runtime.MessageSender;
type BrowserTab = chrome.tabs.Tab;
type MenuClick = chrome.contextMenus.OnClickData;

declare var words: (key: string, ...substitutions: string[]) => string;

declare var vocabulary: Readonly<{
  LABELS: readonly string[];
  BASES: readonly string[];
  RELATIONS: readonly string[];
  NOTES: readonly string[];
  paintedLabels(settings: Settings): readonly string[];
}>;

declare var settings: Readonly<{
  DEFAULTS: Readonly<Settings>;
  LONGEST_TIMEOUT_SECONDS: number;
  read(): Promise<Settings>;
  update(changes: Partial<Settings>): Promise<void>;
  setAutoScan(site: string, on: boolean): Promise<void>;
  watch(listener: (settings: Settings) => void, signal: AbortSignal): void;
  loopbackAddress(text: unknown): string | null;
}>;

declare var messages: Readonly<{
  ask(message: Message): Promise<any>;
  askTab(tabId: number, message: Message, frameId?: number): Promise<any>;
  answer(handlers: Record<string, (message: any, sender: Sender) => unknown>): () => void;
  isCutOff(): boolean;
}>;

/** Ends what an earlier run of the content scripts left in this world. */
declare var stopPlumbline: (() => void) | undefined;

// --- Settings ---

interface Settings {
  serverAddress: string;
  autoScanSites: string[];
  paintUnsure: boolean;
  timeoutSeconds: number;
}

// --- The HTTP contract, offsets in UTF-16 code units of the block's text ---

interface Reason {
  start: number;
  end: number;
  weight: number;
}

interface Evidence {
  relation: string;
  publisher: string;
  rating: string;
  label: string;
  speaker: string;
  date: string;
  url: string;
  similarity: number;
}

interface Statement {
  start: number;
  end: number;
  label: string;
  basis: string;
  probability: number | null;
  check_worthiness: number;
  evidence: Evidence[];
  reasons: Reason[];
  note: string | null;
}

// --- Messages between the rooms of the extension ---

type Message =
  | { type: "check"; purpose: Purpose; texts: string[] }
  | ({ type: "findings" } & FindingsReport)
  | { type: "server-state" }
  | { type: "site" }
  | { type: "report" }
  | { type: "jump"; id: number }
  | { type: "step"; direction: 1 | -1 }
  | { type: "check-selection" };

/** A selection is answered at once, a page piece by piece. */
type Purpose = "selection" | "page";

type FailureKind = "unreachable" | "timeout" | "bad-status" | "bad-answer" | "interrupted";

interface Failure {
  kind: FailureKind;
  address: string;
  /** What the server itself said, or the browser. */
  detail: string;
}

type CheckAnswer = { ok: true; model: string; blocks: Statement[][] } | { ok: false; failure: Failure };

type ServerState =
  | { ok: true; address: string; model: string; version: string }
  | { ok: false; failure: Failure };

interface FindingSummary {
  id: number;
  label: string;
  text: string;
}

interface FindingsReport {
  /** Whether the page has said nothing before: what was known of the tab is about an earlier page. */
  first: boolean;
  findings: FindingSummary[];
  checked: number;
}
