import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { bodyOf } from "../test/support/http-server.ts";

/** A process of its own that takes everything and keeps nothing: how fast can mail leave at best? */
let requests = 0;
const http = createServer(async (request, response) => {
  const letters: unknown[] = JSON.parse(await bodyOf(request));
  const number = ++requests;
  response.end(JSON.stringify({ data: letters.map((_, index) => ({ id: `${number}-${index}` })), errors: [] }));
});
const smtp = new SMTPServer({
  disabledCommands: ["STARTTLS", "AUTH"],
  logger: false,
  onData(stream, _session, done) {
    stream.on("end", () => done());
    stream.resume();
  },
});
http.listen(0, "127.0.0.1", () => {
  smtp.listen(0, "127.0.0.1", () => {
    const portOf = (address: unknown) => (address as AddressInfo).port;
    process.send?.({
      httpUrl: `http://127.0.0.1:${portOf(http.address())}`,
      smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server.address())}`,
    });
  });
});
process.once("disconnect", () => process.exit(0));
