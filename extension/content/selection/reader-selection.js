/**
 * What is selected, also in open shadow trees, of which `getSelection` alone only reports where their host is.
 *
 * @typedef {{range: Range, cutHosts: ReadonlySet<Element>}} Selected   the hosts that the selection holds in part only
 */
const ReaderSelection = {
  /** @param {ShadowRoot[]} shadowRoots   those that the selection may lie in @returns {Selected | null} */
  read(shadowRoots) {
    const selection = document.getSelection();
    if (!selection || selection.rangeCount === 0) {
      return null;
    }
    const shown = selection.getRangeAt(0).cloneRange();
    // Chrome has it since version 137
    const composed = selection.getComposedRanges?.({ shadowRoots })[0] ?? shown;
    const { startContainer, startOffset, endContainer, endOffset } = composed;
    if (startContainer.getRootNode() === endContainer.getRootNode()) {
      const range = new Range();
      range.setStart(startContainer, startOffset);
      range.setEnd(endContainer, endOffset);
      return range.collapsed ? null : { range, cutHosts: new Set() };
    }
    const cutHosts = new Set([...ReaderSelection.hostsOf(startContainer), ...ReaderSelection.hostsOf(endContainer)]);
    return { range: shown, cutHosts };
  },

  /** Every host around a node, the nearest first. @param {Node} node */
  hostsOf(node) {
    const hosts = [];
    for (let host = FlatTree.host(node); host; host = FlatTree.host(host)) {
      hosts.push(host);
    }
    return hosts;
  },
};

Object.assign(globalThis, { ReaderSelection });
