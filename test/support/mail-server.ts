import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

type Options = {
  /** What to answer when a recipient is named; a number is a reply's code. */
  onRecipient?: (address: string) => number | "drop" | null;
  /** What to do once a message is there whole. `dropTaken`: it is taken, and the connection lost before the reply. */
  onMessage?: (mail: ParsedMail) => number | "drop" | "dropTaken" | null;
  /** The one sign-in that is good; without it none is needed. */
  password?: string;
  onSender?: (address: string) => number | null;
};

export type TakenMail = { recipients: string[]; raw: string; mail: ParsedMail };

const reply = (code: number) => Object.assign(new Error(`Answered ${code}`), { responseCode: code });

/** A mail server on a free loopback port that keeps what it takes, parsed. */
export async function startMailServer({ onRecipient, onMessage, onSender, password }: Options = {}) {
  const taken: TakenMail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    disabledCommands: password ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
    authOptional: !password,
    logger: false,
    onConnect(_session, done) {
      connections++;
      done();
    },
    onAuth: (auth, _session, done) =>
      auth.password === password ? done(null, { user: "gym" }) : done(reply(535) as Error),
    onMailFrom({ address }, _session, done) {
      const code = onSender?.(address);
      done(code ? reply(code) : null);
    },
    onRcptTo({ address }, session, done) {
      const fate = onRecipient?.(address);
      if (fate === "drop") {
        drop(session.id);
      } else {
        done(fate ? reply(fate) : null);
      }
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
      }
      const raw = Buffer.concat(chunks).toString();
      const mail = await simpleParser(raw);
      const fate = onMessage?.(mail);
      if (fate === "drop") {
        return drop(session.id);
      }
      if (typeof fate === "number") {
        return done(reply(fate));
      }
      taken.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), raw, mail });
      if (fate === "dropTaken") {
        return drop(session.id);
      }
      done();
    },
  });
  server.on("error", () => {});
  function drop(sessionId?: string) {
    for (const connection of server.connections) {
      const { session, _socket } = connection as unknown as { session: { id: string }; _socket: { destroy(): void } };
      if (!sessionId || session.id === sessionId) {
        _socket.destroy();
      }
    }
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://${password ? `gym:${password}@` : ""}127.0.0.1:${port}`,
    port,
    taken,
    connections: () => connections,
    dropAll: () => drop(),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
