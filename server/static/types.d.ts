// What the server answers, for the editor and for `tsc --checkJs`; no browser loads this file.

// The extension's card; its files are checked with the extension.

declare var CardContent: {
  statement(statement: Statement, text: string): HTMLElement;
  lacksInfluence(statement: Statement): boolean;
  underline(article: Element, statement: Statement, influence: Reason[], text: string): void;
};
declare var CardEvidence: { shown(evidence: Evidence[]): Evidence[]; named(evidence: Evidence): string };
declare var CardLookUp: {
  ways(label: string, said: string, does: { search: () => void; offersExplorer: boolean }): HTMLElement[];
};
declare var CARD_STYLE: string;
declare var vocabulary: { LABELS: readonly string[]; CORRECTIONS: readonly string[] };
declare module "*/messages.json" {
  const messages: unknown;
  export default messages;
}

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
  claim: string;
  title: string;
  links_to: string;
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
  why: string | null;
  is_attribution: boolean;
}

interface KnownFactChecks {
  count: number;
  newest: string | null;
}

interface CheckAnswer {
  model: string;
  base_rate: number;
  fact_checks: KnownFactChecks;
  blocks: { id: string; statements: Statement[] }[];
}

interface Health {
  name: string;
  version: string;
  model: string;
  ready: boolean;
}

interface FactCheckIndex {
  count: number;
  newest: string | null;
  publishers: { publisher: string; count: number }[];
}

interface FoundFactCheck {
  publisher: string;
  rating: string;
  label: string | null;
  speaker: string;
  date: string;
  url: string;
  /** What was checked, and what the address leads to; an older server does not say. */
  title?: string;
  claim?: string;
  links_to?: string;
}

interface Feedback {
  id: number;
  created: string;
  statement: string;
  label: string;
  correction: string;
  comment: string | null;
  source_url: string | null;
  fact_check: { url: string; title: string } | null;
  model: string | null;
  fact_checks: KnownFactChecks | null;
}

interface ModelOutcomes {
  model: string | null;
  fact_checks: KnownFactChecks | null;
  total: number;
  outcomes: { label: string; correction: string; count: number }[];
}

interface FeedbackPage {
  feedback: Feedback[];
  total: number;
}

interface Day {
  day: string;
  labels: Record<string, number>;
  scores: number[];
}

interface TraitDrift {
  trait: string;
  state: string;
  statements: number;
  psi: number | null;
  ks: number | null;
  ks_critical: number | null;
  drifted_from: number;
  advice: string;
}

interface Drift {
  model: string;
  days: number;
  reference: string;
  state: string;
  statements: number;
  traits: TraitDrift[];
  advice: string;
}

interface ShadowAgreement {
  champion: string;
  shadow: string;
  statements: number;
  agreeing: number;
  mean_difference: number | null;
  labels: { champion: string; shadow: string; count: number }[];
  since_start: {
    statements: number;
    unaligned: number;
    dropped: number;
    failed: number;
    champion_seconds: number;
    shadow_seconds: number;
  };
}

interface Statistics {
  days: Day[];
  reference: { scores: number[] } | null;
  drift: Drift | null;
  shadow: ShadowAgreement | null;
}

interface Figure {
  value: number;
  low: number;
  high: number;
}

interface Measure {
  section?: string;
  measure: string;
  where: string;
  n: number;
  base_rate: number | null;
  figure: number | Figure | null;
  baseline: string;
}

// Plots, as `python -m fake_news evaluate --json` words them

interface ChartWords {
  section?: string;
  title: string;
  note: string;
}

interface Series {
  name: string;
  n: number;
  x: number[];
  y: number[];
  low: number[];
  high: number[];
}

interface CurvesChart extends ChartWords {
  kind: "curves";
  x_label: string;
  y_label: string;
  reference: [number, number][];
  series: Series[];
  points: boolean;
}

interface DotsChart extends ChartWords {
  kind: "dots";
  x_label: string;
  reference: number | null;
  dots: { label: string; n: number; figure: Figure }[];
}

interface ConfusionChart extends ChartWords {
  kind: "confusion";
  labels: string[];
  counts: number[][];
  shares: Figure[][];
}

type Chart = CurvesChart | DotsChart | ConfusionChart;

interface ModelCard {
  name: string;
  version: string;
  task: string;
  mapping: string;
  base_rate: number;
  trained_on: { statements: number; years: string[]; claim_sentences: number; left_out: string };
  abstention: {
    likely_false_below: number | null;
    likely_true_above: number | null;
    error_bound: number;
    confidence: number;
  };
  limits: string[];
  measures: Measure[];
  charts?: Chart[];
}
