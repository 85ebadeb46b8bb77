"use strict";

// Messages between the rooms of the extension; what there is to say is listed in types.d.ts.
//
// Each question has a port of its own. With `sendMessage` Firefox reports an error whenever a page or the popup goes away
// before the answer is there ("Promise rejected after context unloaded"), and Chromium does not say that the background was
// stopped meanwhile; a port is closed without noise, and both say so.

{
  /** Ask the background. @param {Message} message @returns {Promise<any>} undefined if nobody answered */
  async function ask(message) {
    return exchange(webext.runtime.connect({ name: message.type }), message);
  }

  /**
   * Ask the content scripts of a tab: those of one frame, or whichever answer first.
   *
   * @param {number} tabId
   * @param {Message} message
   * @param {number} [frameId]
   * @returns {Promise<any>} undefined if nobody answered
   */
  async function askTab(tabId, message, frameId) {
    const frame = frameId === undefined ? {} : { frameId };
    return exchange(webext.tabs.connect(tabId, { name: message.type, ...frame }), message);
  }

  /** @param {Port} port @param {Message} message */
  async function exchange(port, message) {
    const answered = await new Promise((resolve) => {
      port.onMessage.addListener(resolve);
      port.onDisconnect.addListener(() => {
        // Chromium complains of errors that nobody looks at
        void webext.runtime?.lastError;
        resolve(undefined);
      });
      port.postMessage(message);
    });
    port.disconnect();
    return answered;
  }

  /**
   * Hear from every frame of a tab, again and again, until this page goes away.
   *
   * @param {number} tabId
   * @param {keyof Streams} name
   * @param {(message: any) => void} listener
   */
  function follow(tabId, name, listener) {
    const port = webext.tabs.connect(tabId, { name });
    port.onMessage.addListener(listener);
    // Chromium complains of errors that nobody looks at
    port.onDisconnect.addListener(() => void webext.runtime?.lastError);
  }

  /**
   * Answer questions by their type. A handler without a result leaves the answer to others.
   *
   * @param {Record<string, (message: any, sender: Sender) => unknown>} handlers
   * @param {Record<string, (send: (message: any) => void, gone: AbortSignal) => void>} [streams]   what can be followed
   * @returns {() => void} stops answering
   */
  function answer(handlers, streams = {}) {
    /** @param {Port} port */
    const onConnect = (port) => {
      const { name, sender } = port;
      if (sender?.id !== webext.runtime.id) {
        return;
      }
      const gone = new AbortController();
      port.onDisconnect.addListener(() => {
        // Chromium complains of errors that nobody looks at, such as that of a page that goes into the cache of pages
        void webext.runtime?.lastError;
        gone.abort();
      });
      if (Object.hasOwn(streams, name)) {
        streams[name]((message) => reply(port, message), gone.signal);
      }
      if (!Object.hasOwn(handlers, name)) {
        return;
      }
      port.onMessage.addListener(async (message) => {
        try {
          const result = await handlers[name](message, sender);
          if (result !== undefined) {
            reply(port, result);
          }
        } catch (error) {
          // else whoever asked would wait for ever
          port.disconnect();
          throw error;
        }
      });
    };
    webext.runtime.onConnect.addListener(onConnect);
    return () => webext.runtime?.onConnect?.removeListener(onConnect);
  }

  /** @param {Port} port @param {unknown} result */
  function reply(port, result) {
    try {
      port.postMessage(result);
    } catch {
      // whoever asked is gone
    }
  }

  /** Whether the extension was reloaded or removed under this page; Chromium leaves the old script running. */
  function isCutOff() {
    return webext.runtime?.id === undefined;
  }

  globalThis.messages = Object.freeze({ ask, askTab, follow, answer, isCutOff });
}
