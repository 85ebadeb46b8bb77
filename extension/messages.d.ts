// Types for the editor and for `tsc --checkJs`; no browser loads this file.

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
  /** The claim in the fact-check's own words, where the server has them; else empty. */
  claim: string;
  /** What was checked, in readable words; empty where it is unknown. */
  title: string;
  links_to: string;
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
  /** Why the label is unsure, where it is. */
  why: string | null;
  /** Whether it reports what somebody said, so that the verdict is on what was said. */
  is_attribution: boolean;
}

// --- Messages between the parts of the extension ---

type Message =
  | { type: "check"; purpose: Purpose; texts: string[] }
  | { type: "feedback"; feedback: Feedback }
  | ({ type: "count" } & CountReport)
  | { type: "search-fact-checks"; words: string }
  | { type: "influence"; question: StatementQuestion }
  | { type: "judge"; question: JudgeQuestion }
  | { type: "judge-state" }
  | { type: "server-state" }
  | { type: "forget-verdicts" }
  | { type: "open-options" }
  | { type: "page-state" }
  | { type: "site-of-page" }
  | { type: "open-finding"; frame: string; id: number }
  | { type: "step-to-finding"; direction: 1 | -1 }
  | { type: "hide-marks"; hidden?: boolean }
  | { type: "check-selection" };

/** Takes one question at a time; the answer is undefined if there was none, or if the connection was closed. */
interface Connection {
  ask(message: Message): Promise<any>;
  /** Close it; another question opens it again. */
  close(): void;
}

/** What can be followed, and the messages that it sends. */
interface Streams {
  findings: FindingsReport;
}

/** A selection is answered at once, a page piece by piece. */
type Purpose = "selection" | "page";

type FailureKind = "unreachable" | "timeout" | "bad-status" | "bad-answer" | "no-token" | "not-allowed" | "interrupted";

interface Failure {
  kind: FailureKind;
  address: string;
  /** What the server itself said, or the browser. */
  detail: string;
}

/** The fact-checks that verdicts rest on. */
interface FactChecks {
  count: number;
  newest: string | null;
}

type CheckAnswer =
  | { ok: true; model: string; factChecks: FactChecks | null; address: string; blocks: Statement[][] }
  | { ok: false; failure: Failure };

type ServerState =
  | { ok: true; address: string; model: string; version: string; newest: string | null }
  | { ok: false; failure: Failure };

/** A reader's feedback on one verdict, as `POST /api/v1/feedback` takes it. */
interface Feedback {
  statement: string;
  label: string;
  correction: string;
  comment?: string;
  source_url?: string;
  /** The one that is about something else, with that correction. */
  fact_check?: ShownFactCheck;
  /** What gave the verdict. */
  model: string;
  fact_checks?: FactChecks;
}

interface ShownFactCheck {
  url: string;
  title: string;
}

/** A statement of a block that something is asked about. */
interface StatementQuestion {
  text: string;
  start: number;
  end: number;
}

/** One that a language model is to read. */
interface JudgeQuestion extends StatementQuestion {
  purpose: Purpose;
}

interface Judge {
  model: string;
  address: string;
  /** Whether it runs on the server's machine. */
  isHere: boolean;
  policy: string;
}

interface JudgeState extends Judge {
  isThere: boolean;
}

type JudgeAnswer =
  | { ok: true; judge: Judge; explanation: string; isChanged: boolean; statement: Statement }
  | { ok: false };

type FeedbackAnswer = { ok: true } | { ok: false; failure: Failure };

/** What the top frame reports about its page. */
interface Page {
  hostname: string;
  kind: "page" | "pdf";
  marksAreHidden: boolean;
  isAutoScanned: boolean;
  isScanning: boolean;
}

interface FindingSummary {
  id: number;
  label: string;
  text: string;
}

/** For the badge. */
interface CountReport {
  /** Whether the page has said nothing before: what was known of the tab is about an earlier page. */
  first: boolean;
  count: number;
}

/** For the popup. */
interface FindingsReport {
  /** The frame that reports, by a random name. */
  frame: string;
  isTop: boolean;
  isScanning: boolean;
  findings: FindingSummary[];
  /** How many statements were judged, by label. */
  counts: Record<string, number>;
}
