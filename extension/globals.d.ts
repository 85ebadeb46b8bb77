// Types for the editor and for `tsc --checkJs`; no browser loads this file.

// --- What the classic files of shared/ hang on the global object, for content scripts and modules alike ---

/** The extension API under the name that this browser gives it. */
declare var webext: typeof chrome;
declare var browser: typeof chrome | undefined;
declare var importOwn: (path: string) => Promise<object>;
type Port = chrome.runtime.Port;
type Sender = chrome.runtime.MessageSender;
type BrowserTab = chrome.tabs.Tab;
type MenuClick = chrome.contextMenus.OnClickData;

/** What only Firefox has. */
declare namespace chrome.commands {
  const update: undefined | ((change: { name: string; shortcut: string }) => Promise<void>);
  const openShortcutSettings: undefined | (() => Promise<void>);
}

declare var words: (key: string, ...substitutions: string[]) => string;
declare var uiLanguage: () => string;

declare var vocabulary: Readonly<{
  LABELS: readonly string[];
  BASES: readonly string[];
  RELATIONS: readonly string[];
  LINKS_TO: readonly string[];
  WHYS: readonly string[];
  NOTES: readonly string[];
  CORRECTIONS: readonly string[];
  paintedLabels(settings: Settings): readonly string[];
}>;

declare var addresses: Readonly<{
  origin(text: unknown): string | null;
  isLoopback(address: string): boolean;
  permissionFor(address: string): { origins: string[] };
  startCommand(address: string): string;
}>;

declare var autoScan: Readonly<{ isOn(stored: unknown, site: string): boolean; isOnSomewhere(stored: unknown): boolean }>;

declare var CARD_NAME: string;

declare var settings: Readonly<{
  DEFAULTS: Readonly<Settings>;
  LONGEST_TIMEOUT_SECONDS: number;
  complete(stored: unknown): Settings;
  read(): Promise<Settings>;
  update(changes: Partial<Settings>): Promise<void>;
  setAutoScan(site: string, on: boolean): Promise<void>;
  mayJudge(current: Settings, purpose: Purpose): boolean;
  exported(current: Settings): object;
  imported(json: string): Partial<Settings> | null;
  watch(listener: (settings: Settings) => void, signal: AbortSignal): void;
}>;

declare var messages: Readonly<{
  ask(message: Message): Promise<any>;
  askTab(tabId: number, message: Message, frameId?: number): Promise<any>;
  openConnection(name: Message["type"]): Connection;
  follow<Name extends keyof Streams>(
    tabId: number,
    name: Name,
    listener: (message: Streams[Name]) => void,
    frameId?: number,
  ): void;
  answer(
    handlers: Record<string, (message: any, sender: Sender, gone: AbortSignal) => unknown>,
    streams?: Record<string, (send: (message: any) => void, gone: AbortSignal) => void>,
  ): () => void;
  isCutOff(): boolean;
}>;

/** What runs in this page. `begin` begins at once what waits for the page to be idle. */
declare var plumblineInPage: { begin(): void; stop(): void } | undefined;

// --- Settings ---

interface Settings {
  serverAddress: string;
  /** The server on another machine that the reader allowed, or empty. */
  allowedServer: string;
  /** What the server asks for, or empty. */
  token: string;
  /** Whether every site is scanned but the exceptions, or none but those listed. */
  autoScanByDefault: boolean;
  autoScanSites: string[];
  autoScanExceptions: string[];
  /** Labels that are not painted. */
  hiddenLabels: string[];
  paintUnsure: boolean;
  /** Whether the card of an unsure statement has a link to Google Fact Check Explorer. */
  offerExplorer: boolean;
  /** Whether the marks are printed with a page. */
  printMarks: boolean;
  /** Whether a selection shows a button first instead of being sent. */
  askFirst: boolean;
  timeoutSeconds: number;
  /** Whether a language model may be asked about selections. */
  judgeSelections: boolean;
  /** Whether it may be asked about what a scan marked, too. */
  judgePages: boolean;
  /** The language model on another machine that the reader allowed, or empty. */
  allowedJudge: string;
}
