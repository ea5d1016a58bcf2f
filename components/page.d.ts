// What is on every page of ours: what the framework gives to a component, and what components tell
// each other through the window and by events at the document.

import type { Notice } from "./commands/messages.js";
import type { Sender } from "./commands/outbox/outbox.js";
import type { Lists } from "./desk/messages.js";

declare global {
  interface Component<Data> {
    data: Data;
    parentElement: HTMLElement;
    setTriggerValue: Tell;
    setStateValue: Tell;
  }

  type Wait = ReturnType<typeof setTimeout>;
  type Tell = (name: string, value: unknown) => void;

  interface Announced {
    "dialogue-changed": { revision: number; slug: string };
    "dialogue-fired": { number: number };
    "dialogue-hushed": string;
    "dialogue-lists": Lists;
    "dialogue-live": { connected: boolean };
    "dialogue-notice": Notice | null;
    "dialogue-now": { now: number };
    "dialogue-now-wanted": null;
    "dialogue-refused": null;
    "dialogue-stage": { name: "arm" | "fire" | "dark" | "scenes"; number: number | null };
    "dialogue-waiting": { count: number };
  }

  type AnnouncedEvents = { [Name in keyof Announced]: CustomEvent<Announced[Name]> };
  interface DocumentEventMap extends AnnouncedEvents {}

  // The sheet of the projector's scenes, which stands before the scripts that draw them small.
  const SHEET: string;

  interface Window {
    dialogueLeaving?: { until: number };
    dialogueSender?: Sender;
    isDialogueMinded?: boolean;
  }
}
