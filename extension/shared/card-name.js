"use strict";

/** The only element that is ever added to a page. */
globalThis.CARD_NAME = "plumbline-card";
