// Asks the server's HTTP API about this event.

/** @import { Problem } from "../../../web/messages.js" */

import { page } from "./page.js";

// The server says within five seconds what it could not do; the rest is for the way there and back.
const PATIENCE = 10000;

/**
 * An answer; its body is empty where it is no JSON.
 *
 * @template Body
 * @typedef {{ status: number, headers: Headers, body: Body & Partial<Omit<Problem, "status">> }} Answer
 */

/**
 * @template [Body={}]
 * @param {string} path
 * @param {RequestInit & { stop?: AbortSignal | undefined }} [how]
 * @returns {Promise<Answer<Body>>}
 */
export async function call(path, { stop, ...options } = {}) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  if (stop) stop.addEventListener("abort", () => late.abort());
  const slug = encodeURIComponent(page.slug);
  try {
    const response = await fetch(`${page.base}/api/events/${slug}${path}`, {
      ...options,
      cache: "no-store",
      headers: { "Accept-Language": page.language, ...options.headers },
      signal: late.signal,
    });
    const text = await response.text();
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : {},
    };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Answer<unknown>} answer @param {string} name of a problem */
export const isProblem = ({ body }, name) => (body.type || "").endsWith(`:${name}`);
