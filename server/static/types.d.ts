// What the server answers, for the editor and for `tsc --checkJs`; no browser loads this file.

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

interface CheckAnswer {
  model: string;
  base_rate: number;
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

interface Feedback {
  id: number;
  created: string;
  statement: string;
  label: string;
  correction: string;
  comment: string | null;
  source_url: string | null;
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

interface Statistics {
  days: Day[];
  reference: { scores: number[] } | null;
  drift: { psi: number; advice: string } | null;
}

interface Measure {
  measure: string;
  where: string;
  n: number;
  base_rate: number | null;
  figure: number | { value: number; low: number; high: number } | null;
  baseline: string;
}

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
}
