"use strict";

// Messages between the parts of the extension; their types are listed in messages.d.ts.
//
// Questions go through ports. With `sendMessage` Firefox reports an error whenever a page or the popup goes away before the
// answer is there ("Promise rejected after context unloaded"), and Chromium does not say that the background was stopped
// meanwhile; a port closes without an error, and both browsers report it.

{
  /** Ask the background. @param {Message} message @returns {Promise<any>} undefined if there was no answer */
  async function ask(message) {
    return askOnce(message, () => webext.runtime.connect({ name: message.type }));
  }

  /**
   * Ask the content scripts of a tab: those of one frame, or whichever answer first.
   *
   * @param {number} tabId
   * @param {Message} message
   * @param {number} [frameId]
   * @returns {Promise<any>} undefined if there was no answer
   */
  async function askTab(tabId, message, frameId) {
    const frame = frameId === undefined ? {} : { frameId };
    return askOnce(message, () => webext.tabs.connect(tabId, { name: message.type, ...frame }));
  }

  /** @param {Message} message @param {() => Port} connect */
  async function askOnce(message, connect) {
    const once = connection(connect);
    const answered = await once.ask(message);
    once.close();
    return answered;
  }

  /**
   * A connection for many questions of one type to the background, one after the other: in Chromium a port for each would cost a
   * page that is scanned a millisecond or two a time.
   *
   * @param {Message["type"]} name
   */
  function openConnection(name) {
    return connection(() => webext.runtime.connect({ name }));
  }

  /** @param {() => Port} connect @returns {Connection} */
  function connection(connect) {
    /** @type {Port | null} */
    let port = null;
    let resolve = (/** @type {unknown} */ _answer) => {};
    function open() {
      const opened = connect();
      opened.onMessage.addListener((/** @type {unknown} */ answer) => resolve(answer));
      opened.onDisconnect.addListener(() => {
        // Chromium reports errors that are not read
        void webext.runtime?.lastError;
        if (port === opened) {
          port = null;
          resolve(undefined);
        }
      });
      return opened;
    }
    return {
      async ask(message) {
        port ??= open();
        const answered = new Promise((resolveThis) => {
          resolve = resolveThis;
        });
        try {
          port.postMessage(message);
        } catch (error) {
          // closed, and the browser has not said so yet: the next question opens another
          port = null;
          throw error;
        }
        return answered;
      },
      close() {
        try {
          port?.disconnect();
        } catch {
          // the extension was reloaded under this page, and Chromium has not said yet that the port is gone
        }
        port = null;
        resolve(undefined);
      },
    };
  }

  /**
   * Follow every frame of a tab, or one of them, until this page goes away.
   *
   * @param {number} tabId
   * @param {keyof Streams} name
   * @param {(message: any) => void} listener
   * @param {number} [frameId]
   */
  function follow(tabId, name, listener, frameId) {
    const port = webext.tabs.connect(tabId, { name, ...(frameId === undefined ? {} : { frameId }) });
    port.onMessage.addListener(listener);
    // Chromium reports errors that are not read
    port.onDisconnect.addListener(() => void webext.runtime?.lastError);
  }

  /**
   * Answer questions by their type. A handler that returns undefined leaves the answer to others.
   *
   * @param {Record<string, (message: any, sender: Sender, gone: AbortSignal) => unknown>} handlers   `gone` aborts with the asker
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
        // Chromium reports errors that are not read, such as that of a page entering the back/forward cache
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
          const result = await handlers[name](message, sender, gone.signal);
          if (result !== undefined) {
            reply(port, result);
          }
        } catch (error) {
          // otherwise the asker would wait forever
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
      // the asker is gone
    }
  }

  /** Whether the extension was reloaded or removed under this page; Chromium leaves the old script running. */
  function isCutOff() {
    return webext.runtime?.id === undefined;
  }

  globalThis.messages = Object.freeze({ ask, askTab, openConnection, follow, answer, isCutOff });
}
