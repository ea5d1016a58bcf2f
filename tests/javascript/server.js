// A server that does every command it is sent, as ours answers.

import { once } from "node:events";
import { createServer } from "node:http";

/** Serve until `close`; `sent` are the commands so far, `revision` is that of the last answer. */
export async function serve() {
  const server = createServer(async (request, response) => {
    const { commands } = JSON.parse((await request.toArray()).join(""));
    served.sent.push(...commands);
    served.revision += 1;
    const answer = { place: commands.at(-1).place, notice: null, revision: served.revision };
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const served = {
    url: `http://127.0.0.1:${port}`,
    /** @type {any[]} */
    sent: [],
    revision: 0,
    close: () => server.close(),
  };
  return served;
}
