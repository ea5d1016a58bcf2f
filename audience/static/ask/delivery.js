// Hands a question in, again and again until the server has answered for good.

/**
 * @import { Accepted } from "../../messages.js"
 * @import { Answer } from "./server.js"
 * @import { Submission } from "./submission.js"
 */

import { call } from "./server.js";

// Waits a while, less if the Wi-Fi comes back or the person has stopped it.
/**
 * @param {number} milliseconds
 * @param {AbortSignal} stop
 * @returns {Promise<void>}
 */
function pause(milliseconds, stop) {
  return new Promise((resolve) => {
    // A hall's phones all come back at once; they need not all send at once.
    const soon = () => setTimeout(wake, Math.random() * 1500);
    const timer = setTimeout(wake, milliseconds);
    function wake() {
      clearTimeout(timer);
      removeEventListener("online", soon);
      resolve();
    }
    addEventListener("online", soon);
    stop.addEventListener("abort", wake);
  });
}

/** @param {number} status */
export const mayRecover = (status) => status >= 500 || status === 429 || status === 408;

/**
 * Try until the server has answered for good; null when the person stopped it.
 *
 * @param {string} key
 * @param {Submission} body
 * @param {{ stop: AbortSignal, again: () => void }} how `again` is told before each pause
 */
export async function deliver(key, body, { stop, again }) {
  for (let attempt = 0; !stop.aborted; attempt += 1) {
    let asked = 0;
    try {
      const answer = await post(key, body, stop);
      if (!mayRecover(answer.status)) return answer;
      asked = Number(answer.headers.get("Retry-After")) || 0;
    } catch {
      // No answer, or half of one: the question may be on disk or not. The key settles that.
    }
    if (stop.aborted) break;
    again();
    const backOff = Math.min(20000, 1000 * 2 ** attempt) * (0.5 + Math.random());
    await pause(asked * 1000 + backOff, stop);
  }
  return null;
}

/**
 * @param {string} key
 * @param {Submission} body
 * @param {AbortSignal} [stop]
 * @returns {Promise<Answer<Accepted>>}
 */
export const post = (key, body, stop) =>
  call("/questions", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(body),
    stop,
  });
