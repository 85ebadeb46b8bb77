"use strict";

// "Try it here": selecting on this page does what it does on every other.

{
  const { signal } = new AbortController();
  const painter = new Painter();
  const card = new Card();
  const inquiry = new Inquiry(() => card.close());
  const findings = new Findings(painter, () => undefined, signal);
  const statementCard = new StatementCard(card, findings, inquiry);
  const tour = new Tour(findings, painter, statementCard);
  const check = new SelectionCheck({
    inquiry,
    findings,
    card,
    statementCard,
    settings: settings.read,
    shadowRoots: () => watcher.shadowRoots,
  });
  const watcher = new SelectionWatcher(
    () => check.onSelected(),
    () => check.onLeft(),
    signal,
  );
  new MarkPointer(painter, card, (finding) => tour.open(finding), signal);
}
